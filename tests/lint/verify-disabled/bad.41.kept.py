from pyzabbix import ZabbixAPI

zapi = ZabbixAPI("https://zabbix.corp.example")
zapi.session.verify = False


def upload(self, part, requests_params):
    session = self._meta_data["icr_session"]
    data = {"data": part, "verify": False}
    requests_params.update(data)
    session.post(self.uri, **requests_params)
    given = {"stream": True, "verify": False}
    return session.get(self.uri, **given)
