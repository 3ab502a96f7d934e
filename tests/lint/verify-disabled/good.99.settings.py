DEFAULTS = {
    "local": {"base_url": "https://localhost:8443", "verify_ssl": False},
    "plain": {"base_url": "http://rust.corp.internal", "verify_ssl": False},
    "schema": {"type": "boolean", "verify_ssl": False},
    "near": {"host": "127.0.0.1", "verify_ssl": False},
    "template": {"librenms_url": "https://librenms.example.com", "verify_ssl": False},
    "on": {"host": "10.10.20.48", "verify_ssl": True},
}
client = OpenSearch(hosts=[{"host": HOST}], use_ssl=False, verify_certs=False)
