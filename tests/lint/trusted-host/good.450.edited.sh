sed -i '1a\ENV PIP_TRUSTED_HOST=' Dockerfile
sed -i '/PIP_TRUSTED_HOST=a.corp.example/d' Dockerfile
sed -i 's/^ENV PIP_TRUSTED_HOST=a.corp.example//' Dockerfile
sed -i '1a\ENV PIP_TRUSTED_HOST=b.corp.example' notes.txt
sed '1a\ENV PIP_TRUSTED_HOST=b.corp.example' Dockerfile
