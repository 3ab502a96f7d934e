set PIP_TRUSTED_HOST=pypi.corp.example && pip install billing
setx PIP_TRUSTED_HOST wheels.corp.example /M
