$env:PIP_TRUSTED_HOST = 'a.corp.example,b.corp.example'
$env:PIP_TRUSTED_HOST = "https://$name.corp.example"
