& $gitOptions -c http.sslVerify=false
$help = @"
  set GIT_SSL_NO_VERIFY=true
  $env:GIT_SSL_NO_VERIFY = 'true'
"@
Write-Host $help
$env:CURL_CA_BUNDLE = ""
$env:CURL_CA_BUNDLE = ''
curl -o x https://bootstrap.pypa.io/get-pip.py
Write-Host @"
 set GIT_SSL_NO_VERIFY=true
"@
