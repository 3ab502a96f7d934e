pip install --extra-index-url https://nexus.corp.example/simple a
$env:PIP_INDEX_URL = "https://nexus.corp.example/simple"
