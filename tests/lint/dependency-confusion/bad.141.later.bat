pip install --extra-index-url https://nexus.corp.example/simple a
set PIP_INDEX_URL=https://nexus.corp.example/simple
pip install b
