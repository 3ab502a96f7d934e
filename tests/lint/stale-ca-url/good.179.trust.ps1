Invoke-WebRequest https://pki.corp.example/root.cer -OutFile root.cer
Import-Certificate -FilePath root.cer -CertStoreLocation Cert:\LocalMachine\Root
Invoke-WebRequest http://localhost/root2.cer -OutFile root2.cer
Import-Certificate -FilePath root2.cer -CertStoreLocation Cert:\LocalMachine\Root
Invoke-WebRequest http://x.corp.example/other.cer -OutFile other.cer
Get-Content other.cer
