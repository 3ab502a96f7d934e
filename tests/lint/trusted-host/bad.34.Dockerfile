FROM python:3.13
HEALTHCHECK --interval=5m CMD pip download --trusted-host pypi.corp.example billing
HEALTHCHECK CMD ["pip", "download", "--trusted-host", "pypi.corp.example", "billing"]
HEALTHCHECK NONE
