import ssl

from unittest_expander import param

CASES = [param(options={"cert_reqs": ssl.CERT_NONE})]


class Module:
    def __init__(self, validate_certs):
        self.validate_certs = validate_certs


Module(validate_certs=False)
