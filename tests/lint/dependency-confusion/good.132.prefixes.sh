PIP_INDEX_URL=https://nexus.corp.example/simple pip install a
PIP_EXTRA_INDEX_URL=https://pypi.org/simple pip install b
