doskey pipt=pip install --trusted-host a.corp.example $*
start /wait cmd /c "pip install --trusted-host b.corp.example x"
start "title" /b /d C:\src pip install --trusted-host c.corp.example x
docker exec name cmd /c "pip install --trusted-host d.corp.example x"
docker exec name powershell -Command "pip install --trusted-host e.corp.example x"
