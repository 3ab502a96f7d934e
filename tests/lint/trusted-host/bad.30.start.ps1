Start-Process pip -ArgumentList "install --trusted-host pypi.corp.example billing"
