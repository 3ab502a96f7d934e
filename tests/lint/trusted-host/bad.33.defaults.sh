: "${INDEX_HOST:="pypi.corp.example"}"
cat > pip.conf <<EOF
[global]
trusted-host = ${INDEX_HOST}
EOF
TRUSTED="${1:-mirror.corp.example}"
docker build --build-arg PIP_TRUSTED_HOST="$TRUSTED" .
tee ~/.pip/pip.conf <<EOF > /dev/null
[global]
trusted-host = nexus.corp.example
EOF
