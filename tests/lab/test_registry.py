import base64
import contextlib
import socket
import subprocess
import sys
import threading
import warnings

import pytest
from plain import get

from certmend.lab.registry import Registry, pypi
from certmend.lab.wheels import BILLING, LEDGER


def test_pypiserver_lists_and_serves_the_wheels(tmp_path):
    with Registry(pypi(tmp_path, BILLING, LEDGER)) as registry:
        assert b'href="ledger/"' in get(registry.port, "/simple/")[2]
        page = get(registry.port, "/simple/billing/")[2]
        assert b"billing-1.0-py2.py3-none-any.whl" in page
        assert get(registry.port, f"/packages/{BILLING.name}")[2] == BILLING.content
        assert get(registry.port, "/simple/unknown/")[0] == 404


def test_two_registries_keep_their_own_packages(tmp_path):
    first, second = pypi(tmp_path / "a", BILLING), pypi(tmp_path / "b", LEDGER)
    with Registry(first) as one, Registry(second) as other:
        assert get(one.port, "/simple/ledger/")[0] == 404
        assert get(other.port, "/simple/ledger/")[0] == 200


def test_credentials_are_asked_for(tmp_path):
    app = pypi(tmp_path, BILLING, user="reader", password="let me in")
    given = base64.b64encode(b"reader:let me in").decode()
    with Registry(app) as registry:
        status, fields, _ = get(registry.port, "/simple/")
        assert (status, fields["www-authenticate"]) == (401, 'Basic realm="pypi"')
        assert get(registry.port, "/simple/", {"Authorization": f"Basic {given}"})[0] == 200
        wrong = base64.b64encode(b"reader:no").decode()
        assert get(registry.port, "/simple/", {"Authorization": f"Basic {wrong}"})[0] == 403


@pytest.mark.parametrize(("secure", "scheme"), [(True, "https"), (False, "http")])
def test_redirects_name_the_scheme_that_the_client_used(tmp_path, secure, scheme):
    with Registry(pypi(tmp_path, BILLING), secure=secure) as registry:
        status, fields, _ = get(registry.port, "/simple/billing", {"Host": "localhost"})
        assert status == 301
        assert fields["location"] == f"{scheme}://localhost/simple/billing/"


def test_a_broken_application_says_nothing_on_stderr(capfd):
    def broken(environ, start):
        raise RuntimeError("of the application")

    with Registry(broken) as registry:
        assert get(registry.port, "/")[0] == 500
    assert capfd.readouterr() == ("", "")


def test_stop_does_not_wait_for_an_idle_connection(tmp_path):
    before = threading.active_count()
    registry = Registry(pypi(tmp_path))
    with socket.create_connection(("127.0.0.1", registry.port), timeout=5) as idle:
        registry.stop()
        with contextlib.suppress(ConnectionResetError):
            assert idle.recv(1) == b""
    assert threading.active_count() == before


def test_pypiserver_leaves_no_warning_and_no_import_hook(tmp_path):
    hooks = list(sys.meta_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pypi(tmp_path)
    assert sys.meta_path == hooks


def test_without_pypiserver_two_lines_say_what_to_install():
    code = (
        "import sys; sys.modules['pypiserver'] = None\n"
        "from pathlib import Path\n"
        "from certmend.errors import CertmendError\n"
        "from certmend.lab.registry import pypi\n"
        "try:\n    pypi(Path('unused'))\n"
        "except CertmendError as error:\n    print(error.message, '/', error.hint)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert "pypiserver, which is not installed" in said.stdout
    assert "pip install 'certmend[lab]'" in said.stdout
