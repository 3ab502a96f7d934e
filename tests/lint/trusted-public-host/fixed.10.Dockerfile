FROM python:3.13
RUN pip config set global.trusted-host "pypi.corp.example"
RUN pip install x
RUN pip install y
RUN test -f pip.conf || pip config set global.trusted-host pypi.org && pip install z
