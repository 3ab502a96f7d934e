from OpenSSL import SSL

context = SSL.Context(SSL.TLS_METHOD)
context.set_cipher_list("ALL:@SECLEVEL=0".encode("utf-8"))
context.set_cipher_list(b"ALL:@SECLEVEL=0")
