import ssl


class Context:
    def __init__(self, protocol):
        self.protocol = protocol
        self.check_hostname = False
        self.verify_mode = ssl.CERT_NONE


def unverified(context):
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
