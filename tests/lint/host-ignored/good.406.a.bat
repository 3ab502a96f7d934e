set PIP_TRUSTED_HOST=%U:https://=%
pip install --trusted-host %U:https://=% x
