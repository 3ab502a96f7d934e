echo "[global]" > /etc/pip.conf
echo "index-url = https://pypi.org/simple/" >> /etc/pip.conf
echo "trusted-host = pypi.org" >> /etc/pip.conf
echo "               files.pythonhosted.org" >> /etc/pip.conf
echo "               pypi.python.org" >> /etc/pip.conf
echo "timeout = 300" >> /etc/pip.conf
