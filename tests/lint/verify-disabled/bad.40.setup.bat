set "BASE=https://files.corp.example/lang"
set "PYTHON_URL=%BASE%/Python39.zip"
set "NODE_URL=%BASE%/node.zip"
curl --insecure -o python.zip %PYTHON_URL%
curl --insecure -o node.zip %NODE_URL%
