python3.8 -mpip install --trusted-host pypi.corp.example billing
