FROM python:3.12
CMD ["python3", "-c", "import requests; requests.get('https://api.corp.example', verify=False)"]
