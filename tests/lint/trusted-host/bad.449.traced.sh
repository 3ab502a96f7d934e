bash -c -x "pip install --trusted-host a.corp.example x"
docker run image bash -cx "pip install --trusted-host b.corp.example x"
docker exec name sh -c -e -o pipefail 'pip install --trusted-host c.corp.example x'
bash -c "pip install --trusted-host d.corp.example x" -- word
