FROM python:3.13
RUN pip config set global.trusted-host "pypi.org pypi.corp.example"
RUN pip config set global.trusted-host "pypi.org files.pythonhosted.org" && pip install x
RUN pip config set global.trusted-host "pypi.org files.pythonhosted.org"
RUN pip config set global.trusted-host pypi.org \
    && pip install y
RUN test -f pip.conf || pip config set global.trusted-host pypi.org && pip install z
