import ssl

import jwt
import uvicorn
from ldap3 import Server, Tls
from tools import archive, schema

server = Server("ldap.corp.example", tls=Tls(validate=2))
claims = jwt.decode(TOKEN, KEY, audience="https://notices.corp.example", verify=False)
archive.unpack("notices.zip", verify=False)
archive.unpack("http://notices.corp.example/notices.zip", verify=False)
schema.load("notices.json", validate=False)
uvicorn.run("app:app", ssl_keyfile="own.key", ssl_certfile="own.pem", ssl_cert_reqs=ssl.CERT_NONE)
