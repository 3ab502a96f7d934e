pip_trusted_host = "h.corp.example"
