assert_line "trusted-host=pypi.corp.example" "${HOME}/.pip/pip.conf"
grep "trusted-host=pypi.corp.example" /etc/pip.conf
append_param "trusted-host=pypi.corp.example" notes.txt
