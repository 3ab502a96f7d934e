FROM python:3
COPY <<EOF /entry.sh
#!/bin/sh
pip install --trusted-host nexus.a.example x
EOF
COPY <<A <<B /etc/
x
A
y
B
COPY <<EOF /etc/pip.conf
[global]
trusted-host = nexus.a.example
EOF
RUN <<"EOF"
#!/usr/bin/perl
print "pip install --trusted-host nexus.b.example";
EOF
RUN pip install --trusted-host nexus.a.example x
