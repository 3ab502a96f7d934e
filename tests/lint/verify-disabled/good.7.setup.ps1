[System.Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }
Invoke-WebRequest https://status.corp.example/health
[System.Net.ServicePointManager]::ServerCertificateValidationCallback = $null
Invoke-WebRequest https://www.python.org/ftp/python/3.13.1/python-3.13.1-amd64.exe -OutFile a.exe
