from kubernetes.client import Configuration

HOST = "127.0.0.1"


def made():
    config = Configuration()
    config.host = None
    for proto, host, port in [("https", HOST, "8443"), ("http", HOST, "8080")]:
        config.host = f"{proto}://{host}:{port}"
        config.verify_ssl = False
    return config
