import os

import winrm
from kombu import Connection
from shapes import Region

broker = Connection(os.environ["BROKER"], ssl=False)
region = Region()
region.params["verify"] = False
shell = winrm.Session(os.environ["HOST"], server_cert_validation="validate")
