from kubernetes.client import Configuration

config = Configuration()
config.host = "https://cluster.corp.example:6443"
config.verify_ssl = False

other = Configuration(host=HOST)
other.verify_ssl = False
