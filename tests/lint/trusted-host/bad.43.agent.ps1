$options = @(
    "--trusted-host", "one.corp.example",
    "--quiet"
)
Start-Process pip -ArgumentList "install --trusted-host two.corp.example x"
"[global]`ntrusted-host = three.corp.example" | Set-Content "$env:APPDATA\pip\pip.ini"
