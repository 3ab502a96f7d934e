rem pip install --trusted-host rem.corp.example billing
:: set PIP_TRUSTED_HOST=colon.corp.example
echo pip install --trusted-host echo.corp.example billing
set PIP_TRUSTED_HOST=
pip install --trusted-host %PIP_TRUSTED_HOST% billing
