import os

import winrm
from pymisp import PyMISP
from ravenpackapi import RPApi

misp = PyMISP(os.environ["MISP_URL"], os.environ["MISP_KEY"], ssl=False)
api = RPApi()
api.common_request_params["verify"] = False
shell = winrm.Session(os.environ["HOST"], server_cert_validation="ignore")
