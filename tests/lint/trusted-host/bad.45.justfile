install:
    pip install --trusted-host wheels.corp.example x
