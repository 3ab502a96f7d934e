#!/bin/bash
set -e
if [ "$MIRROR" = 1 ]; then
    OPTIONS="-i https://m.corp.example/simple --trusted-host m.corp.example"
else
    OPTIONS=""
fi
pip install $OPTIONS billing
MORE=(--quiet --trusted-host array.corp.example)
sudo -H -u app env A=b pip3.11 install "${MORE[@]}" billing
export PIP_TRUSTED_HOST="${PIP_TRUSTED_HOST:-default.corp.example}"
PIP_TRUSTED_HOST=prefix.corp.example pip install billing
bash -c "pip install --trusted-host inner.corp.example billing"
cat > ~/.pip/pip.conf <<EOF
[global]
trusted-host =
    one.corp.example
    two.corp.example
EOF
echo "trusted-host = appended.corp.example" | sudo tee -a /etc/pip.conf
docker build --build-arg PIP_TRUSTED_HOST=arg.corp.example .
python -m pip config --global set global.trusted-host 'a.corp.example localhost'
