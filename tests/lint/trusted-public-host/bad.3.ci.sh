pip install --trusted-host test.pypi.org billing
pip install billing --trusted-host=files.pythonhosted.org
pip config set global.trusted-host "pypi.org files.pythonhosted.org"
