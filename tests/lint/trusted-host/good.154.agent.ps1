$server = "localhost"
pip install --trusted-host $server x
$server = Get-Content host.txt
pip install --trusted-host $server x
$env:PIP_TRUSTED_HOST = $server
$idx = Get-Content index.txt
pip install -i $idx --trusted-host ([uri]$idx).Host x
$server = 'a.nexus.example'
$server += $suffix
pip install --trusted-host $server x
$help = @"
  set PIP_TRUSTED_HOST=a.nexus.example
  pip install --trusted-host a.nexus.example x
"@
Write-Host $help
