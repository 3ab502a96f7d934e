DEFAULTS = {
    "server": {"base_url": "https://rust.corp.internal", "verify_ssl": False},
    "router": {"host": "10.10.20.48", "port": 443, "ssl_verification": False},
}
