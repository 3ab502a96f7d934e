"""Paths that the system cannot even look at, in every place that names one: no error, no anchor."""

import pytest

from certmend.model.client import ClientFacts, Trust
from certmend.model.setting import Origin, OriginKind, Setting
from certmend.observe import bundle, trust

ODD = ("x" * 5000, "/tmp/" + "y" * 300, "\udcff.pem", "~nobody-here/ca.pem", "")


@pytest.mark.parametrize("path", ODD)
def test_variables_and_settings(path, monkeypatch):
    monkeypatch.delenv("HOME", raising=False)
    found = trust.machine(
        {"PIP_CERT": path, "SSL_CERT_FILE": path, "SSL_CERT_DIR": f"{path}:/etc/ssl/certs:{path}"}
    )
    assert path not in {one.store.path for one in found.places}
    origin = Origin(kind=OriginKind.VARIABLE, name="NODE_EXTRA_CA_CERTS")
    ignored = Setting(key="cert", value=path, origin=origin, harmful=True)
    client = ClientFacts(name="pip", settings=(ignored,), trust=Trust(stores=(path,), bundle=path))
    for one in trust.of_client(client, found.places):
        assert not one.store.usable
        assert one.certificates == ()


@pytest.mark.parametrize("path", [*ODD[:-1], "\0"])
def test_a_bundle_is_unusable_and_says_why(path):
    store = bundle.read(path, "x").store
    assert not store.usable
    assert store.detail
