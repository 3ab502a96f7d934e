M=https://nexus.a.example/simple
cat > pip.conf <<EOF
[global]
trusted-host = $(echo $M | sed 's|https://||' | cut -d/ -f1)
EOF
export PIP_TRUSTED_HOST=$(echo "$M" | sed -e 's|https://||' -e 's|/.*||')
H=$(echo $M | awk -F[/:] '{print $4}')
pip install --trusted-host $H x
pip install --trusted-host "$(echo $M | cut -d/ -f3)" x
