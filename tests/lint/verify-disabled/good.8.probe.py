"""Warns before a certificate expires, whoever signed it."""

import socket
import ssl
import sys

from cryptography import x509

context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
with socket.create_connection((sys.argv[1], 443), timeout=10) as plain:
    with context.wrap_socket(plain, server_hostname=sys.argv[1]) as session:
        found = x509.load_der_x509_certificate(session.getpeercert(binary_form=True))
print(found.not_valid_after_utc)
