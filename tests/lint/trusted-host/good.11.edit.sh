sed -i '/trusted-host/d' /etc/pip.conf
sed -i 's/trusted-host = a.corp.example//' /etc/pip.conf
sed -i 's/a.corp.example/trusted.corp.example/' /etc/pip.conf
sed 's/x/trusted-host = b.corp.example/' /etc/pip.conf
sed -i 's/x/trusted-host = c.corp.example/' notes.txt
crudini --get /etc/pip.conf global trusted-host
helm install x y --set env.name=PIP_TRUSTED_HOST
