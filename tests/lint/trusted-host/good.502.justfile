host := ""

install:
    pip install --trusted-host {{host}} requests
