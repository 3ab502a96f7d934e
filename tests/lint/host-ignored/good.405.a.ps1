$env:PIP_TRUSTED_HOST = $u -replace 'https://',''
$env:PIP_TRUSTED_HOST = ($u -replace 'https://','')
$env:PIP_TRUSTED_HOST = $u.Replace('https://','')
