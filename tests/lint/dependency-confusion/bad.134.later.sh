pip install --extra-index-url https://gitlab.corp.example/simple mylib
export PIP_INDEX_URL=https://nexus.corp.example/simple
pip install b
