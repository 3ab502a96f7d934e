python setup.py develop --index-url http://pypi.corp.example/simple
OPTIONS="-i http://nexus.corp.example/simple --no-cache-dir"
pip install $OPTIONS billing
