#!/bin/sh
curl -LOk https://www.python.org/ftp/python/3.11.3/python-3.11.3-amd64.exe
curl -fsSkL https://bootstrap.pypa.io/get-pip.py | python
curl -sSfk 'https://bootstrap.pypa.io/get-pip.py' | python
curl -o mask https://www.python.org/ftp/python/3.11.3/python-3.11.3-amd64.exe
