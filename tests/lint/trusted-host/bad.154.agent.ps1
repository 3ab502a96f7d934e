$H = "a.nexus.example"
pip install --trusted-host $H x
pip install --trusted-host "$H" x
$idx = "https://b.nexus.example/simple"
pip install -i $idx --trusted-host ([uri]$idx).Host x
$th = ([System.Uri]$idx).Host
pip install -i $idx --trusted-host $th x
$H = "localhost"
pip install --trusted-host $H x
$H = Get-Content host.txt
pip install --trusted-host $H x
