"""What is public: the roots that certifi states, and not what somebody appended to its file."""

import hashlib
from pathlib import Path

from certmend.lab.pki import Authority
from certmend.observe import bundle, mozilla


def test_a_ca_appended_to_certifis_file_is_not_public(tmp_path, monkeypatch):
    proxy = Authority.root("Inspection CA")
    patched = tmp_path / "cacert.pem"
    patched.write_bytes(Path(mozilla.file()).read_bytes() + proxy.pem.encode())
    before = mozilla.roots()
    monkeypatch.setattr(mozilla, "file", lambda: str(patched))
    assert proxy.der in bundle.read(str(patched), "").certificates
    assert mozilla.roots() == before
    assert len(before) > 100


def test_a_distributions_file_has_no_statements(tmp_path, monkeypatch):
    own = Authority.root("Debian's own")
    plain = tmp_path / "ca-certificates.crt"
    plain.write_text(own.pem)
    monkeypatch.setattr(mozilla, "file", lambda: str(plain))
    expected = mozilla.packaged() or (own.der,)
    assert mozilla.roots() == expected


def test_what_certifi_states_is_what_it_holds():
    stated = mozilla._stated(mozilla.file())
    assert {hashlib.sha256(der).hexdigest() for der in mozilla.roots()} == stated
