[System.Net.ServicePointManager]::CertificatePolicy = New-Object TrustAllCertsPolicy
$client = New-Object System.Net.WebClient
$client.DownloadFile("https://ca.corp.example:9000/roots.pem", "root_ca.crt")
Import-Certificate -FilePath ./root_ca.crt -CertStoreLocation Cert:\LocalMachine\Root
