echo(pip install --trusted-host pypi.corp.example x
