pip install --extra-index-url "https://$REGISTRY/repository/own/simple" billing
pip install --extra-index-url "https://$REGISTRY/repository/pypi-proxy/simple" billing
pip install --extra-index-url "https://$MIRROR/simple" billing
