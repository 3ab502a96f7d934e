from ansible.module_utils.urls import Request

client = Request()
client.open("GET", "https://maas.corp.example/MAAS/api", validate_certs=False)
