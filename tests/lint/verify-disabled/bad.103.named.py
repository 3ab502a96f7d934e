from corp_sdk import ApiClient, Pulsar, Vsphere

api = ApiClient("https://api.corp.example.org", validate_certs=False)
broker = Pulsar("pulsar+ssl://mq.corp.example.org:6651", tls_allow_insecure_connection=True)
center = Vsphere(host="vc.corp.example.org", verify_server_cert=False)
other = ApiClient("https://api.corp.example.org", trust_all_certificates=True)
