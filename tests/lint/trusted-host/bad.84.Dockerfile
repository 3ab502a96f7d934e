FROM python:3.12
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python3.12 /tmp/get-pip.py --index-url https://pypi.corp.example/simple --trusted-host pypi.corp.example
RUN curl -sSL https://bootstrap.pypa.io/get-pip.py | python3 - --trusted-host pypi.corp.example
