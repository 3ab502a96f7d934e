"""What a look at a host keeps: the key exchange, and what follows a proxy's answer."""

from certmend.lab import raw
from certmend.lab.front import Front
from certmend.model.url import parse
from certmend.observe import visit
from certmend.observe.probe import Target, probe
from certmend.observe.visit import Looker, Visitor

X25519, P256 = 29, 23
TLS12 = 0x0303


def test_the_curve_and_the_signature_of_a_key_exchange(issuing):
    with Front(None, issuing.leaf("localhost"), (issuing,), maximum_version=TLS12) as front:
        sight = probe(Target(host="localhost", port=front.port), 5).sight
    assert sight.group in (X25519, P256)
    assert sight.scheme >> 8 >= 4, "SHA-256 or better"


def test_a_page_in_the_tunnel_is_no_tls():
    page = b"HTTP/1.1 200 OK\r\n\r\n<html>blocked</html>"
    with raw.RawServer(raw.says(page)) as proxy:
        through = f"http://localhost:{proxy.port}"
        seen = probe(Target(host="pypi.corp.example", port=443, proxy=through), 5)
    assert seen.proxy.status == 200
    assert seen.sight.first_bytes == b"<html>blocked</html>"


class Led:
    """A client that went to another server by itself, and stopped there."""

    def __init__(self, there: str) -> None:
        self._answers = [
            {"route": {"proxy": "", "bundle": "", "verifies": True}},
            {"error": [{"class": "", "text": "connection refused"}], "at": there},
        ]

    def ask(self, **_):
        return self

    def answer(self, _):
        return self._answers.pop(0)


def test_where_a_client_was_led_is_where_it_failed(issuing):
    with Front(None, issuing.leaf("localhost"), (issuing,)) as front:
        start = f"https://localhost:{front.port}/simple/"
        asker = Led("https://localhost:9/files/")
        visitor = Visitor(asker, visit.ClientFacts(name="uv"), (), 5, Looker(5))
        first, second = visitor._follow(start, visit.Purpose.INDEX, 0)
    assert first.attempt.failure is None
    assert first.attempt.url == parse(start)
    assert second.attempt.url.endpoint == "localhost:9"
    assert second.attempt.failure.reason == "REFUSED"
