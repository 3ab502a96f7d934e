pip install billing
pip install billing
pip config set global.trusted-host "pypi.org files.pythonhosted.org"
