import fts3.rest.client.easy as fts3
from pySmartDL import SmartDL

context = fts3.Context(endpoint=server(), ucert="x.pem", verify=False)
url = message.command[1]
SmartDL(url, progress_bar=False, verify=False)
