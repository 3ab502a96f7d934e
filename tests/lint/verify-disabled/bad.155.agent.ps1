$conf = @"
set GIT_SSL_NO_VERIFY=true
"@
Write-Host $conf
$conf | Out-File agent.bat
