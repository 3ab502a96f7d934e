TEXTS = {"PIP_INDEX_URL": "http://x is insecure", "PIP_EXTRA_INDEX_URL": "http:// address of one more"}
