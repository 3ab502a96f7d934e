from client import Client


def made():
    return Client("10.20.30.40", "admin", verify=False)
