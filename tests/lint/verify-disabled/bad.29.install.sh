wget --no-check-certificate -O setup 'https://github.com/corp/tools/raw/main/install-tools.py'
python setup -t server
curl -k -o notes.txt https://github.com/corp/tools/raw/main/notes.txt
