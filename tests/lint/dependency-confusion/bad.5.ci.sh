uv pip install --index-url https://pypi.corp.example/simple --extra-index-url https://pypi.org/simple billing
export PIP_EXTRA_INDEX_URL=https://ci:${TOKEN}@pypi.corp.example/simple
pip install billing
