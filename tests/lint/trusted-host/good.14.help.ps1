$InstallHelp = "pip install --trusted-host pypi.corp.example billing"
Write-Host $InstallHelp
