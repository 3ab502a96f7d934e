param([string]$TrustedHost = "")
if ($TrustedHost) { pip install --trusted-host $TrustedHost billing }
