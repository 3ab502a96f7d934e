"""The sentences of a cure name what the client of the log reads, and leave no mark unfilled."""

import io
import pathlib

import pytest

from certmend import explanations
from certmend.judge.hearsay.settings import ca_settings, credentials
from certmend.observe.logs.markers import CLIENTS

_TABLE = pathlib.Path(__file__).with_name("who.txt").read_text(encoding="utf-8")
_LINES = [line.split(": ", 1)[1] for line in _TABLE.splitlines() if not line.startswith("#")]


def findings(text):
    found = explanations.explain([("x.log", io.BytesIO(f"{text}\n".encode()))])
    return found.findings


def cure(text):
    (one,) = findings(text)
    return " ".join(one.finding.cure)


def test_no_sentence_keeps_a_mark():
    for words in _LINES:
        for one in findings(words.replace("\\n", "\n")):
            sentences = (one.finding.summary, one.finding.why, one.unknown, *one.finding.cure)
            assert not any("{" in sentence for sentence in sentences), words


@pytest.mark.parametrize("client", [name for name, _ in CLIENTS if name != "setuptools"])
def test_every_client_has_a_setting_for_its_ca_file(client):
    assert ca_settings(client) != ca_settings("")


def test_a_missing_bundle_is_looked_for_where_the_client_reads():
    words = "error setting certificate verify locations:  CAfile: /etc/ink.pem"
    assert "GIT_SSL_CAINFO" in cure(f"fatal: unable to access 'https://mill.example/': {words}")
    assert "CURL_CA_BUNDLE" in cure(f"curl: (77) {words}")


def test_credentials_are_given_as_the_client_takes_them():
    assert "TWINE_PASSWORD" in cure("HTTPError: 403 Forbidden from https://mill.example/legacy/")
    denied = 'Error response from daemon: Get "https://mill.example/v2/": unauthorized: '
    assert "`docker login mill.example`" in cure(f"{denied}authentication required")
    assert credentials("uv") != credentials("pip")


def test_a_host_that_no_log_names_is_none_in_a_command():
    denied = "Error response from daemon: pull access denied for corp/ink"
    assert "`docker login HOST`" in cure(denied)


def test_a_proxy_that_refuses_a_host_is_asked_to_let_it_through():
    refused = "OSError('Tunnel connection failed: 403 Forbidden'): https://mill.example/ink"
    assert cure(refused).startswith("Ask the network team to let mill.example through")


def test_a_client_without_a_name_begins_its_sentence_with_a_capital():
    (one,) = findings("https://mill.example/: certificate has expired")
    assert one.finding.why.startswith("The client refuses")
