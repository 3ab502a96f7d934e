set PIP_TRUSTED_HOST=localhost && pip install billing
setx PIP_TRUSTED_HOST localhost /M
