@echo off
set "PIP_TRUSTED_HOST=bat.corp.example"
setx PIP_TRUSTED_HOST setx.corp.example
%PYTHON% -m pip install --trusted-host line.corp.example billing
