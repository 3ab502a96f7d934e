"""Certificates are found in whatever they come in, and what cannot be read is said."""

import os
import subprocess
import threading

import pytest

from certmend.errors import UsageError
from certmend.lab.pki import Authority
from certmend.observe import bundle, containers


def no_password(name):
    raise UsageError("asked", name)


def openssl(folder, *words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path, root):
    """One CA in every form that the openssl command makes of it."""
    (tmp_path / "root.pem").write_text("Subject: x\n" + root.pem + "the end\n")
    (tmp_path / "bom.pem").write_bytes(b"\xef\xbb\xbf" + root.pem.encode())
    (tmp_path / "utf16.pem").write_bytes(root.pem.encode("utf-16"))
    (tmp_path / "root.der").write_bytes(root.der)
    (tmp_path / "key.pem").write_text(root.key_pem)
    openssl(tmp_path, "x509", "-in", "root.pem", "-trustout", "-out", "trusted.pem")
    for form in ("PEM", "DER"):
        words = ("-certfile", "root.pem", "-outform", form, "-out", f"{form}.p7b")
        openssl(tmp_path, "crl2pkcs7", "-nocrl", *words)
    p12 = ("pkcs12", "-export", "-in", "root.pem")
    openssl(tmp_path, *p12, "-nokeys", "-passout", "pass:geheim", "-out", "closed.p12")
    openssl(tmp_path, *p12, "-nokeys", "-passout", "pass:", "-out", "open.p12")
    openssl(tmp_path, *p12, "-inkey", "key.pem", "-passout", "pass:", "-out", "key.p12")
    return tmp_path


FORMS = [
    "root.pem",
    "bom.pem",
    "utf16.pem",
    "root.der",
    "trusted.pem",
    "PEM.p7b",
    "DER.p7b",
    "open.p12",
]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_certificate(name, folder, root):
    assert containers.read(str(folder / name), no_password).certificates == (root.der,)


def test_pkcs12_with_a_password(folder, root):
    path = str(folder / "closed.p12")
    assert containers.read(path, lambda _: b"geheim").certificates == (root.der,)
    with pytest.raises(UsageError, match="wrong password") as said:
        containers.read(path, lambda _: b"falsch")
    assert "falsch" not in said.value.message + said.value.hint


@pytest.mark.parametrize("name", ["key.pem", "key.p12"])
def test_private_keys_are_counted(name, folder):
    assert containers.read(str(folder / name), no_password).private_keys == 1


def test_a_folder_gives_each_certificate_once(folder, root):
    for name in ("closed.p12", "key.pem", "key.p12"):
        (folder / name).unlink()
    other = Authority.root("Other")
    (folder / "0a1b2c3d.0").write_text(other.pem)
    (folder / "README").write_text("no certificate")
    found = containers.read(str(folder), no_password).certificates
    assert set(found) == {root.der, other.der}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"<html>login</html>", "web page"),
        (b"\x30\x82\x01\x00nothing", "no certificate"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB\n", "cannot be decoded"),
        (b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n", "cannot be decoded"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "is no certificate"),
        (b"-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----\n", "no readable PKCS#7"),
        (b"hello", "no PEM certificate"),
    ],
)
def test_what_is_none_is_said(content, words, tmp_path):
    path = tmp_path / "ca.pem"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        containers.read(str(path), no_password)


@pytest.mark.timeout(30)
def test_what_has_no_end_is_read_to_a_limit(tmp_path, root):
    with pytest.raises(UsageError, match="/dev/zero has more than 50 MiB"):
        containers.read("/dev/zero", no_password)
    assert bundle.read("/dev/zero", "a bundle").store.detail == "it has no end"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert bundle.read(str(pipe), "a bundle").store.detail == "it is a pipe"
    writer = threading.Thread(target=pipe.write_bytes, args=(root.der,))
    writer.start()
    assert containers.read(str(pipe), no_password).certificates == (root.der,)
    writer.join()


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        containers.read(str(tmp_path / "x.pem"), no_password)
    with pytest.raises(UsageError, match="no certificate file"):
        containers.read(str(tmp_path), no_password)
