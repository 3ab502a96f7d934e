$env:PIP_TRUSTED_HOST = "ps.corp.example"
& .\venv\Scripts\python.exe -m pip install `
    --trusted-host tick.corp.example billing
[Environment]::SetEnvironmentVariable("PIP_TRUSTED_HOST", "set.corp.example", "User")
@"
[global]
trusted-host = here.corp.example
"@ | Out-File "$env:APPDATA\pip\pip.ini"
