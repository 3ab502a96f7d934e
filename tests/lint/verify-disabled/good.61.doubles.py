from unittest.mock import MagicMock

import requests as library
from own.mocking.shared import requests

requests.get("https://pypi.corp.example/simple/", verify=False)
client = MagicMock()
client.get("https://pypi.corp.example/simple/", verify=False)
library.post("https://pypi.corp.example/simple/", {"verify": False})
