wget --no-check-certificate "$PIP_URL" -O get-pip.py
curl -k "$URL" | python3 -
curl -k $MIRROR/Miniconda3-latest-Linux-x86_64.sh -o m.sh
curl -k -o Python-3.9.tgz "$M/x"
wget --no-check-certificate $M/Python-3.9.1.tar.xz
curl -ksSL "${BASE}/wheels/foo-1.0-py3-none-any.whl" -O
curl -k "$URL" | sudo python
