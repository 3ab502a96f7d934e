curl -s -k -X POST https://keycloak.corp.example/token -d grant_type=password | python3 -c "import sys, json; print(json.load(sys.stdin)['t'])"
curl -sk https://api.corp.example/python | python3 -m json.tool
