kubectl exec pod -c main -- sh -c "pip install --trusted-host a1.example x"
oc exec pod -c main -- bash -lc 'pip install --trusted-host a2.example x'
sshpass -p p ssh u@h 'pip install --trusted-host a3.example x'
vagrant ssh -c "pip install --trusted-host a4.example x"
gcloud compute ssh vm --zone z --command "pip install --trusted-host a5.example x"
gcloud compute ssh vm --command="pip install --trusted-host a6.example x"
ansible all -m shell -a "pip install --trusted-host a7.example x"
runuser -l app -c 'pip install --trusted-host a8.example x'
scl enable rh-python38 "pip install --trusted-host a9.example x"
scl enable rh-python38 -- pip install --trusted-host a10.example x
su - app -c "pip install --trusted-host a11.example x"
ssh u@h "pip install --trusted-host a12.example x"
docker exec c sh -c "pip install --trusted-host a13.example x"
su app -c "pip install --trusted-host a14.example x" -s /bin/bash
ansible all -b -a "pip install --trusted-host a15.example x"
runuser -u app -- pip install --trusted-host a17.example x
kubectl exec pod -c main -- pip install --trusted-host a18.example x
sudo runuser app -c "pip install --trusted-host a19.example x"
sudo sshpass -e ssh u@h "pip install --trusted-host a20.example x"
ssh -i key -o StrictHostKeyChecking=no u@h "pip install --trusted-host a21.example x"
