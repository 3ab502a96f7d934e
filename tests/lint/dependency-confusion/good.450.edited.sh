sed -i '/^FROM/a ENV PIP_EXTRA_INDEX_URL=https://pypi.corp.example/simple/' Dockerfile
