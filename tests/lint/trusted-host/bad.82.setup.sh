append_param "[install]"                      "${HOME}/.pip/pip.conf"
append_param "trusted-host=pypi.corp.example" "${HOME}/.pip/pip.conf"
writeLine "trusted-host = pypi2.corp.example" /etc/pip.conf
