bash -c
bash -c -x
bash -x -c "echo pip install --trusted-host a.corp.example x"
docker run -c 512 --name pip image
