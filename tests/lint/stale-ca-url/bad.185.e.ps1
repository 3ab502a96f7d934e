Invoke-WebRequest http://pki.corp.example/root.cer -OutFile root.cer
Import-Certificate -FilePath root.cer -CertStoreLocation Cert:\LocalMachine\Root
