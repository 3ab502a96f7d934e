doskey /macrofile=macros.txt
doskey
start
start /wait
doskey p=
start https://pypi.corp.example/simple/
docker exec name cmd /c "echo pip install --trusted-host a.corp.example x"
docker exec name echo cmd
