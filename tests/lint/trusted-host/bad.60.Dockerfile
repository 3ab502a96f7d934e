# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["cmd", "/S", "/C"]
RUN setx PIP_TRUSTED_HOST pypi.corp.example /M
RUN powershell -Command "pip install --trusted-host wheels.corp.example billing"
SHELL ["C:\\Program Files\\PowerShell\\7\\pwsh.exe", "-Command"]
RUN $env:PIP_TRUSTED_HOST='pypi.corp.example'; pip install billing
