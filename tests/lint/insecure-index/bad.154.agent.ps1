$server = "a.nexus.example"
$port = Get-Content port.txt
$url = "http://${server}:$port/simple"
pip install -i $url x
pip install -i "http://$server/simple" x
