echo pypi.org
pip install --index-url https://pypi.org/simple --trusted-host localhost billing
# pip install --trusted-host pypi.org billing
