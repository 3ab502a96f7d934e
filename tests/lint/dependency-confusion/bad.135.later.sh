pip install --extra-index-url https://nexus.corp.example/simple a
pip config set global.index-url https://nexus.corp.example/simple
