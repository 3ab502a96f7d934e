from dataclasses import dataclass

import httpx


class Plain:
    URL = "https://one.corp.lan"
    VERIFY = False


@dataclass
class Record:
    url: str = "https://two.corp.lan"
    verify_ssl: bool = False


plain = Plain()
record = Record()
httpx.get(plain.URL, verify=plain.VERIFY)
httpx.get(f"{plain.URL}/status", verify=plain.VERIFY)
client = httpx.Client(base_url=record.url, verify=record.verify_ssl)
