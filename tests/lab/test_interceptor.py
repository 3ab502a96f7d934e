import http.client
import ssl

import pytest

from certmend.errors import CertmendError
from certmend.lab import interceptor
from certmend.lab.interceptor import Interceptor
from certmend.lab.pages import answering
from certmend.lab.registry import Registry


@pytest.fixture(scope="module")
def intercepted(tmp_path_factory):
    try:
        interceptor.find()
    except CertmendError as error:
        pytest.skip(error.message)
    with (
        Registry(answering("200 OK", b"ours")) as registry,
        Interceptor(tmp_path_factory.mktemp("mitm"), {"pypi.org": registry.port}) as proxy,
    ):
        yield proxy


def ask(proxy, host):
    context = ssl.create_default_context(cafile=str(proxy.ca_file))
    connection = http.client.HTTPSConnection("127.0.0.1", proxy.port, timeout=20, context=context)
    connection.set_tunnel(host, 443)
    try:
        connection.request("GET", "/simple/")
        return connection.sock.getpeercert(), connection.getresponse().read()
    finally:
        connection.close()


def test_a_public_host_is_signed_again_and_answered_from_here(intercepted):
    certificate, body = ask(intercepted, "pypi.org")
    assert body == b"ours"
    assert certificate["subjectAltName"] == (("DNS", "pypi.org"),)
    issuer = {key: value for part in certificate["issuer"] for key, value in part}
    assert issuer == {"commonName": "mitmproxy", "organizationName": "mitmproxy"}


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1", "files.pythonhosted.org"])
def test_every_other_host_is_refused(intercepted, host):
    with pytest.raises(OSError, match="403"):
        ask(intercepted, host)


def test_it_does_not_outlive_a_lab_that_was_killed(intercepted, tmp_path):
    del intercepted  # where there is no mitmproxy, this is skipped with the others
    with Interceptor(tmp_path, {}) as proxy:
        proxy._process.stdin.close()
        assert proxy._process.wait(60) == 0


def test_its_key_stays_in_its_own_folder(intercepted):
    assert (intercepted.ca_file.parent / "mitmproxy-ca.pem").exists()
    assert "PRIVATE KEY" not in intercepted.ca_file.read_text()


def test_without_mitmproxy_two_lines_say_what_to_install(monkeypatch):
    monkeypatch.setenv(interceptor.VARIABLE, "no-such-mitmdump")
    with pytest.raises(CertmendError) as caught:
        interceptor.find()
    assert "no-such-mitmdump was not found" in caught.value.message
    assert "pipx install mitmproxy" in caught.value.hint


def test_a_program_that_does_not_listen_is_an_error_and_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "mitmdump"
    program.write_text("#!/bin/sh\necho out of luck\n")
    program.chmod(0o700)
    monkeypatch.setenv(interceptor.VARIABLE, str(program))
    with pytest.raises(CertmendError, match="it said: out of luck"):
        Interceptor(tmp_path / "conf", {})
