"""`certmend config`, as a person runs it."""

import json
import sys

import jsonschema
import pytest
from environments import environment

from certmend.lab.pki import Authority

SECRET = "hunter2secret"


@pytest.fixture(scope="module")
def pem():
    return Authority.root().pem


def config(run, *arguments, **variables):
    done = run("config", "--python", sys.executable, *arguments, **variables)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def findings(run, *arguments, **variables):
    done = config(run, "--format", "json", *arguments, **variables)
    shown = json.loads(done.stdout)
    return {one["code"]: one for one in shown["findings"]}, shown, done.returncode


def test_the_table_comes_first_and_names_every_client(run):
    done = config(run, "--client", "all")
    first = done.stdout.splitlines()[0].split()
    assert first[:3] == ["client", "index", "trusts"]
    for name in ("pip", "urllib"):
        assert any(line.startswith(name) for line in done.stdout.splitlines())
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_follows_its_schema(run):
    schema = json.loads(run("schema", "config").stdout)
    _, shown, status = findings(run, "--client", "all", REQUESTS_CA_BUNDLE="/nowhere.pem")
    jsonschema.validate(shown, schema)
    assert shown["schema"] == "certmend/config/1"
    assert status == 1


def test_every_place_a_secret_can_stand_in_is_hidden(run, home, tmp_path):
    (home / ".npmrc").write_text(
        f"registry=https://u:{SECRET}@npm.example/\n//h/:_authToken={SECRET}\n"
    )
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "uv.toml").write_text(f'index-url = "https://u:{SECRET}@h.example/simple"\n')
    (folder / "pip.conf").write_text(f"[global]\nindex-url = https://u:{SECRET}@h.example/simple\n")
    (folder / "Pipfile").write_text(f'[[source]]\nname="a"\nurl="https://u:{SECRET}@h.example/"\n')
    for form in ("text", "json"):
        done = config(
            run,
            "--client",
            "all",
            "--client",
            "uv",
            "--client",
            "pipenv",
            "--format",
            form,
            folder=folder,
            HTTPS_PROXY=f"http://u:{SECRET}@p.example:1",
            PIP_INDEX_URL=f"https://{SECRET}@h.example/s",
            PIP_PROXY=f"http://u:{SECRET}@q.example",
        )
        assert SECRET not in done.stdout + done.stderr
        assert "h.example" in done.stdout


@pytest.mark.parametrize(
    ("content", "command"),
    [
        (b"", "Write the CA certificates"),
        ("der", "openssl x509 -inform der"),
        (b"<!DOCTYPE html><html>", "Download the certificate again"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "private key"),
        ("utf16", "iconv -f utf-16"),
        ("cut", "its end is missing"),
        (b"-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n", "openssl pkcs7"),
        (b"\x30\x82\x01\x00\x02\x01\x03\x30\x10", "openssl pkcs12"),
    ],
)
def test_each_kind_of_broken_bundle_has_its_own_repair(run, tmp_path, pem, content, command):
    root = Authority.root()
    made = {"der": root.der, "utf16": pem.encode("utf-16"), "cut": pem.encode()[:300]}
    path = tmp_path / "bundle.pem"
    path.write_bytes(made[content] if isinstance(content, str) else content)
    told, _, status = findings(run, REQUESTS_CA_BUNDLE=str(path))
    assert command in told["bundle-invalid"]["cure"]
    assert status == 1


def test_a_bundle_that_is_not_there(run):
    told, _, status = findings(run, PIP_CERT="/no/such.pem")
    assert told["bundle-not-found"]["where"] == "PIP_CERT"
    assert status == 1


def test_a_settings_file_that_is_not_there(run):
    """pip goes on without it, and uv stops: `--format json` tells which is which."""
    names = {"PIP_CONFIG_FILE": "/absent/pip.conf", "UV_CONFIG_FILE": "/absent/uv.toml"}
    said = config(run, "--client", "pip", "--client", "uv", "--format", "json", **names)
    found = {one["where"]: one for one in json.loads(said.stdout)["findings"]}
    assert found["PIP_CONFIG_FILE"]["severity"] == "warning"
    assert {one["code"] for one in found.values()} == {"setting-ignored"}
    if "UV_CONFIG_FILE" in found:  # where a uv is on PATH
        assert found["UV_CONFIG_FILE"]["severity"] == "error"


def test_a_misspelt_key_and_a_wrong_section(run, tmp_path, pem):
    good = tmp_path / "ca.pem"
    good.write_text(pem)
    file = tmp_path / "pip.conf"
    file.write_text(f"[global]\ncerts = {good}\n[pip]\ncert = {good}\n[list]\nformat = columns\n")
    _, shown, status = findings(run, PIP_CONFIG_FILE=str(file))
    told = [one for one in shown["findings"] if one["code"] == "setting-ignored"]
    assert [one["where"] for one in told] == [f"{file}:2 (global.certs)", f"{file}:4 (pip.cert)"]
    assert told[0]["cure"] == "Write `cert` in its place."
    assert "[pip]" in told[1]["why"]
    assert status == 0


def test_the_file_of_another_interpreter(run, tmp_path, pem):
    other = tmp_path / "work" / ".venv"
    other.mkdir()
    (other / "pip.conf").write_text("[global]\ncert = /corp.pem\n")
    told, _, _ = findings(run)
    assert told["setting-ignored"]["where"] == f"{other}/pip.conf:2 (global.cert)"
    assert "another interpreter" in told["setting-ignored"]["why"]


def test_two_places_that_agree_are_no_finding(run, tmp_path, pem):
    good = tmp_path / "ca.pem"
    good.write_text(pem)
    told, _, _ = findings(run, PIP_CERT=str(good), REQUESTS_CA_BUNDLE=str(good))
    assert told == {}


def test_two_places_that_do_not_agree(run, tmp_path, pem):
    one, two = tmp_path / "one.pem", tmp_path / "two.pem"
    one.write_text(pem)
    two.write_text(pem)
    told, shown, _ = findings(run, PIP_CERT=str(one), REQUESTS_CA_BUNDLE=str(two))
    assert told["setting-ignored"]["where"] == "PIP_CERT"
    pip = shown["clients"][0]
    assert [store["path"] for store in pip["trust"]["stores"]][-1] == str(two)
    used = next(one for one in pip["settings"] if one["origin"] == "REQUESTS_CA_BUNDLE")
    assert used["overrides"] == ["PIP_CERT"]


def test_switches_that_turn_verification_off_and_one_that_does_not(run, home):
    _, shown, _ = findings(run, PIP_TRUSTED_HOST="h.example", PYTHONHTTPSVERIFY="0")
    off = [one["where"] for one in shown["findings"] if one["code"] == "verification-disabled"]
    assert sorted(off) == ["PIP_TRUSTED_HOST", "PYTHONHTTPSVERIFY"]
    assert any("h.example" in one["summary"] for one in shown["findings"])


def settings_of(shown, name):
    (client,) = (one for one in shown["clients"] if one["name"] == name)
    return client, {one["origin"]: one for one in client["settings"]}


def test_words_of_a_list_of_hosts_that_match_nothing(run):
    told, shown, _ = findings(run, PIP_TRUSTED_HOST="https://a.example *.b.example c.example:8443")
    pip, by_origin = settings_of(shown, "pip")
    assert pip["insecure_hosts"] == ["c.example:8443"]
    assert "*.b.example matches nothing" in by_origin["PIP_TRUSTED_HOST"]["why"]
    assert "a.example," not in told["verification-disabled"]["summary"]
    told, shown, _ = findings(run, PIP_TRUSTED_HOST="https://a.example")
    pip, by_origin = settings_of(shown, "pip")
    assert (pip["insecure_hosts"], by_origin["PIP_TRUSTED_HOST"]["role"]) == ([], "ignored")
    assert "is meant to" in told["verification-disabled"]["summary"]
    _, shown, _ = findings(run, "--client", "uv", UV_INSECURE_HOST="a.example,b.example")
    uv, by_origin = settings_of(shown, "uv")
    assert (uv["insecure_hosts"], by_origin["UV_INSECURE_HOST"]["role"]) == ([], "ignored")


def test_a_variable_of_pips_in_small_letters_is_not_read(run):
    url = f"https://me:{SECRET}@pypi.corp.example/simple"
    told, shown, _ = findings(run, pip_index_url=url)
    pip, by_origin = settings_of(shown, "pip")
    assert pip["indexes"][0]["origin"] == "default"
    one = by_origin["pip_index_url"]
    assert (one["role"], one["meaning"], one["instead"]) == ("ignored", "index", "PIP_INDEX_URL")
    assert told["setting-ignored"]["where"] == "pip_index_url"
    assert SECRET not in json.dumps(shown)


def test_an_empty_variable_beats_nothing(run, tmp_path, pem):
    (tmp_path / "ca.pem").write_text(pem)
    (tmp_path / "pip.conf").write_text(f"[global]\ncert = {tmp_path}/ca.pem\n")
    file = str(tmp_path / "pip.conf")
    empty = dict.fromkeys(("PIP_CERT", "PIP_INDEX_URL", "PIP_TRUSTED_HOST"), "")
    told, shown, _ = findings(run, PIP_CONFIG_FILE=file, **empty)
    pip, by_origin = settings_of(shown, "pip")
    assert pip["trust"]["bundle"] == f"{tmp_path}/ca.pem"
    assert by_origin[f"{file}:2 (global.cert)"]["role"] == "used"
    assert {by_origin[name]["role"] for name in empty} == {"ignored"}
    assert "verification-disabled" not in told


def test_a_value_below_the_home_and_a_key_with_an_underscore(run, home):
    file = home / "pip.conf"
    file.write_text("[global]\nindex_url = https://pypi.corp.example/simple\n")
    told, shown, _ = findings(
        run, PIP_CERT="~/none.pem", PIP_ISOLATED="1", PIP_CONFIG_FILE=str(file)
    )
    assert told["bundle-not-found"]["where"] == "PIP_CERT"
    pip, _ = settings_of(shown, "pip")
    assert pip["indexes"][0]["origin"] == f"{file}:2 (global.index-url)"


def test_the_index_in_the_default_ones_place_is_the_main_one(run, tmp_path):
    (tmp_path / "work" / "uv.toml").write_text(
        '[[index]]\nname = "one"\nurl = "https://one.example/simple"\nexplicit = true\n'
        '[[index]]\nname = "two"\nurl = "https://two.example/simple"\ndefault = true\n'
    )
    _, shown, _ = findings(run, "--client", "uv")
    uv, _ = settings_of(shown, "uv")
    assert [one["purpose"] for one in uv["indexes"]] == ["extra index", "index"]


def test_plain_http_and_a_private_index_beside_the_public_one(run):
    told, _, status = findings(
        run,
        PIP_INDEX_URL="http://pypi.corp.example/simple",
        PIP_EXTRA_INDEX_URL="https://pypi.org/simple",
    )
    assert {"insecure-http", "mixed-indexes"} <= set(told)
    assert status == 0


def test_a_healthy_machine_has_nothing_to_report(run):
    told, shown, status = findings(run)
    assert (told, status, shown["ok"]) == ({}, 0, True)


def test_an_old_pip_and_an_empty_variable(run):
    old = environment("pip", "22.1.2", "3.8") or pytest.skip("pip 22.1.2 cannot be installed here")
    done = run("config", "--python", old.python, "--format", "json", CURL_CA_BUNDLE="")
    (found,) = json.loads(done.stdout)["findings"]
    assert (found["code"], found["where"]) == ("verification-disabled", "CURL_CA_BUNDLE")
    done = run("config", "--python", old.python, SSL_CERT_FILE="/etc/hosts")
    assert "read only by pip 24.2 and later" in done.stdout


def test_a_client_that_is_none(run):
    done = run("config", "--client", "pipp")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "certmend: error: there is no client named 'pipp'"
