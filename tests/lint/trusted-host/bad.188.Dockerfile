FROM python:3.13
RUN <<EOF
#!/usr/bin/env python3
import requests
requests.get("https://pypi.corp.example/simple/", verify=False)
EOF
RUN <<EOF python3
import requests
requests.get("https://pypi.corp.example/simple/", verify=False)
EOF
RUN python3 <<EOF
import requests
requests.get("https://pypi.corp.example/simple/", verify=False)
EOF
RUN cat <<A > /etc/y && cat <<B > /etc/pip.conf
hello
A
[global]
trusted-host = pypi.corp.example
B
RUN <<A cat > /etc/y && <<B cat > /etc/pip.conf
hello
A
[global]
trusted-host = pypi.corp.example
B
RUN <<EOF
#!/bin/bash
pip install --trusted-host pypi.corp.example x
EOF
RUN <<EOF bash
pip install --trusted-host pypi.corp.example x
EOF
RUN <<A <<B
pip install --trusted-host pypi.corp.example x
A
cat > /etc/pip.conf <<C
[global]
trusted-host = pypi.corp.example
C
B
RUN <<-EOF
	pip install --trusted-host pypi.corp.example x
	EOF
