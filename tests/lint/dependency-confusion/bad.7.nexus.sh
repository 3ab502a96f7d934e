pip install -i "https://$NEXUS_HOST/repository/pypi/simple" \
  --extra-index-url https://pypi.org/simple billing
