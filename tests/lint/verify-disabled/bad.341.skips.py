import ovirtsdk4 as sdk

INSECURE = True
connection = sdk.Connection(url="https://engine.corp.lan/ovirt-engine/api", insecure=INSECURE)
