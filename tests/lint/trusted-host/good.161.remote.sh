ansible all -m copy -a "content='pip install --trusted-host a16.example x' dest=/tmp/readme"
ansible all -m debug -a "msg='pip install --trusted-host a.example x'"
kubectl exec pod -c main -- echo "pip install --trusted-host a.example x"
gcloud compute instances add-metadata vm --command "x"
