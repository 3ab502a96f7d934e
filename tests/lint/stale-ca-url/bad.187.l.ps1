(New-Object Net.WebClient).DownloadFile("http://pki.corp.example/root.cer", "$env:TEMP\root.cer")
certutil -addstore -f Root $env:TEMP\root.cer
