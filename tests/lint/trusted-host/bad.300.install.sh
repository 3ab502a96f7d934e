#!/bin/sh
INDEX_URL=$1
HOST=${INDEX_URL#*//}
HOST=${HOST%%/*}
pip install --trusted-host "$HOST" -i "$INDEX_URL" tool
pip install --trusted-host $(echo "$PIP_INDEX_URL" | sed -e 's,.*//,,' -e 's,/.*,,') tool
named=$(python3 -c "from urllib.parse import urlparse; print(urlparse('$REGISTRY_URL').hostname)")
cat > ~/.pip/pip.conf <<X
[global]
trusted-host = $named
X
gateway=$(ip route | awk '/^default/ {print $3}')
pip install --trusted-host "$gateway" -i "http://$gateway:3141/root/pypi" tool
