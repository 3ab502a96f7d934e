Invoke-WebRequest http://pki.corp.example/root.cer -OutFile root.cer
$env:PIP_CERT = "root.cer"
