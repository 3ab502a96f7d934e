import ssl

from kubernetes.client import Configuration

config = Configuration()
config.host = "https://localhost:3000"
config.verify_ssl = False

made = Configuration(host="https://127.0.0.1:6443")
made.verify_ssl = False
