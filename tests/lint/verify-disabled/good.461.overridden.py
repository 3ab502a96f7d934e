import requests

options = {"timeout": 3, "verify": False}
options["verify"] = "/etc/ssl/corp.pem"
requests.get("https://erp.corp.example", **options)
more = dict(verify=False)
more.update(verify=True)
requests.get("https://erp.corp.example", **more)
session = requests.Session()
session.verify = False
session.verify = True
session.get("https://erp.corp.example")
