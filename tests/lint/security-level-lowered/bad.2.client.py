import ssl

context = ssl.create_default_context()
context.set_ciphers("DEFAULT@SECLEVEL=1")
