curl -k https://files.corp.example/setup.py | python3 - --user
curl -k https://files.corp.example/setup.py | python3 -c "import sys; exec(sys.stdin.read())"
