"""Chains from files of every form, and the server that an argument means."""

import pytest
from builders import ISSUING, LEAF, ROOT
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from certmend.errors import UsageError
from certmend.lab.pki import pem_bundle
from certmend.observe import chain


@pytest.fixture
def read(tmp_path):
    def call(content: bytes):
        (tmp_path / "file").write_bytes(content)
        return chain.read_files([str(tmp_path / "file")])

    return call


def container(encoding: Encoding) -> bytes:
    read = [x509.load_der_x509_certificate(one.der) for one in (LEAF, ISSUING)]
    return pkcs7.serialize_certificates(read, encoding)


def test_pem_der_and_pkcs7(read):
    both = (LEAF.der, ISSUING.der)
    assert read(pem_bundle(LEAF, ISSUING, LEAF).encode()) == ((*both, LEAF.der), ())
    found, notes = read(LEAF.der)
    assert found == (LEAF.der,)
    assert "DER" in notes[0]
    for encoding in (Encoding.PEM, Encoding.DER):
        found, notes = read(container(encoding))
        assert set(found) == set(both)
        assert "PKCS#7" in notes[0]


def test_pkcs7_in_the_order_in_which_openssl_writes_it(read):
    """`openssl crl2pkcs7` does not sort the certificates, as DER would have it."""
    sorted_ = container(Encoding.DER)
    first, second = sorted((LEAF.der, ISSUING.der), key=sorted_.index)
    content = sorted_.replace(first + second, second + first)
    assert content != sorted_
    found, _ = read(content)
    assert set(found) == {LEAF.der, ISSUING.der}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pem_bundle(LEAF).encode()[:90], "its last certificate has no end"),
        (pem_bundle(LEAF).replace("\n", "\\n").encode(), "line breaks"),
        (pem_bundle(LEAF).encode("utf-16-be"), "UTF-16"),
        (b"\0" * 64, "no PEM certificate"),
        (ROOT.crl(), "a revocation list"),
    ],
    ids=["cut", "escaped", "utf-16", "nul", "crl"],
)
def test_what_else_it_is_stands_in_the_message(read, content, words):
    with pytest.raises(UsageError) as stopped:
        read(content)
    assert words in str(stopped.value)


def test_text_around_and_a_damaged_block(read):
    content = b"# ours\r\n" + pem_bundle(LEAF).encode() + pem_bundle(ISSUING).encode()[:90]
    found, notes = read(content)
    assert found == (LEAF.der,)
    assert "1 damaged" in notes[0]


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"hello", b"\xff\xfeM\x00I\x00", b"<!DOCTYPE html>"),
        b"\x30\x82\x00\x01\x02\x01\x03\x30",
        b"-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n",
        container(Encoding.DER)[:80],
    ],
    ids=range(7),
)
def test_what_holds_no_certificate_is_said(read, content):
    with pytest.raises(UsageError) as stopped:
        read(content)
    assert stopped.value.hint


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("pypi.corp.example", ("pypi.corp.example", 443)),
        ("pypi.corp.example:8443", ("pypi.corp.example", 8443)),
        ("https://pypi.corp.example/simple/", ("pypi.corp.example", 443)),
        ("https://user:secret@pypi.corp.example:8443/", ("pypi.corp.example", 8443)),
        ("http://pypi.corp.example/simple/", ("pypi.corp.example", 443)),
        ("http://pypi.corp.example:8080/", ("pypi.corp.example", 8080)),
        ("192.0.2.7:8443", ("192.0.2.7", 8443)),
        ("2001:db8::7", ("2001:db8::7", 443)),
        ("user:secret@pypi.corp.example:8443", ("pypi.corp.example", 8443)),
        ("[2001:db8::7]:8443", ("2001:db8::7", 8443)),
    ],
)
def test_the_server_that_is_meant(text, server):
    assert chain.server_of(text) == server


@pytest.mark.parametrize("text", ["a" * 300, ""])
def test_what_means_no_file(text):
    assert not chain.is_file(text)


@pytest.mark.parametrize("text", ["", ":", "a b", "ftp://x/", "https://", "x:y", "x:99999", "a/b"])
def test_what_means_no_server(text):
    with pytest.raises(UsageError):
        chain.server_of(text)


@pytest.mark.parametrize("start", ["ftp://", "", "https://"])
def test_a_secret_in_a_wrong_url_is_not_said(start):
    with pytest.raises(UsageError) as stopped:
        chain.server_of(f"{start}user:s3cr3t-Pa55@corp.example:99999/")
    assert "s3cr3t-Pa55" not in stopped.value.message


@pytest.mark.parametrize(
    ("exempt", "used"),
    [
        ("", True),
        ("corp.example", False),
        (".corp.example", False),
        ("example.com, pypi.corp.example", False),
        ("*", False),
        ("pypi.corp.example:443", False),
        ("rp.example", True),
    ],
)
def test_no_proxy_exempts_hosts_and_domains(exempt, used):
    environment = {"https_proxy": "http://proxy:3128", "no_proxy": exempt}
    assert bool(chain._proxy("pypi.corp.example", environment)) is used
