# level: WARNING
import ssl

context = ssl._create_unverified_context()
context.set_ecdh_curve("prime192v1")
