import os

os.environ["PIP_TRUSTED_HOST"] = f"{u.replace('https://','')}"
