param(
  [string]$RegistryHost = "c.nexus.example",
  [switch]$Force
)
function Install-It {
  if ($Force) { pip install --trusted-host $RegistryHost x }
  & pip install --trusted-host $RegistryHost x
  $out = pip install --trusted-host "$RegistryHost" y
  Start-Process pip -ArgumentList "install --trusted-host $RegistryHost x"
  $options = "--trusted-host $RegistryHost"
}
$server = "d.nexus.example"
$env:PIP_TRUSTED_HOST = $server
