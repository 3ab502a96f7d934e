curl -k "$URL" | python -m json.tool
curl -k "$URL" | python3 -c "import json,sys; print(json.load(sys.stdin))"
curl -k "$URL" -o config.json
curl -k $URL/status
curl -k https://localhost/get-pip.py -o get-pip.py
curl $URL -o get-pip.py
curl -k "$URL" -o "$HOME/python.log"
curl -k -H "X: get-pip.py" $URL
curl -k $URL -T Miniconda3.sh
curl -k $URL --upload-file dist/foo-1.0-py3-none-any.whl
