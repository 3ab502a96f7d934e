import pynetbox

netbox = pynetbox.api("https://netbox.corp.example", token="x")
netbox.http_session.verify = False
