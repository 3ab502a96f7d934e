crudini --set /etc/pip.conf global trusted-host a.corp.example
sed -i 's/^#\?trusted-host.*/trusted-host = b.corp.example/' /etc/pip.conf
sed -i '/\[global\]/a trusted-host = c.corp.example' /etc/pip.conf
helm install x y --set env.PIP_TRUSTED_HOST=e.corp.example,replicas=2
