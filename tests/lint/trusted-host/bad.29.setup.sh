host=pypi.corp.example
mirror=nexus.corp.example
pip$VERSION install --trusted-host a.corp.example billing
alias install='pip install --trusted-host b.corp.example'
run_cmd "pip install --trusted-host c.corp.example billing"
echo "[global]" > /etc/pip.conf
echo "trusted-host = $host $mirror" >> /etc/pip.conf
echo "run: pip install --trusted-host no.corp.example"
