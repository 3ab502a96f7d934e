Write-Host "pip install --trusted-host wheels.corp.example"
