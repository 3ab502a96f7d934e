import requests

session = requests.Session()
session.verify = False
for network in session.get("https://prism.corp.example:9440/networks").json():


'''
print("later")
