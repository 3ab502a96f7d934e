"""From a client's table to what is set here: who decides, who is beaten, what is not read."""

import pytest

from certmend.model.plugin import Surroundings
from certmend.model.setting import Role
from certmend.observe import ignored, roll_call, settings

NO_FILE_OF_THE_MACHINE = {"npm_config_globalconfig": "/no/npmrc", "GIT_CONFIG_NOSYSTEM": "1"}


def read(name, folder, version="", home=None, **environment):
    client = next(one for one in roll_call.every() if one.name == name)
    around = Surroundings(
        environment=environment,
        folder=str(folder),
        home=str(home or folder / "home"),
        version=version,
        system=("/etc/bundle.crt", "/etc/folder"),
    )
    reading = settings.read(client, around)
    return reading, [*reading.settings, *ignored.settings(client, around, reading)]


def roles(found):
    return {str(one.origin): one.role for one in found}


def test_the_stronger_variable_beats_the_weaker(tmp_path):
    reading, found = read("requests", tmp_path, CURL_CA_BUNDLE="/b", REQUESTS_CA_BUNDLE="/a")
    assert reading.trust.stores == ("/a",)
    assert roles(found) == {"REQUESTS_CA_BUNDLE": Role.USED, "CURL_CA_BUNDLE": Role.OVERRIDDEN}
    assert found[0].overrides == ("CURL_CA_BUNDLE",)
    assert found[1].why == "REQUESTS_CA_BUNDLE is stronger"


def test_an_empty_variable_is_not_set(tmp_path):
    assert read("requests", tmp_path, REQUESTS_CA_BUNDLE="")[1] == []


def test_a_setting_from_before_its_first_version_is_not_read(tmp_path):
    folder = tmp_path / "certs"
    folder.mkdir()
    _, found = read("uv", tmp_path, "0.9.0", SSL_CERT_DIR=str(folder))
    assert [one.why for one in found] == ["read only since version 0.9.10"]
    reading, found = read("uv", tmp_path, "0.11.0", SSL_CERT_DIR="/nowhere")
    assert reading.trust.mechanism == "embedded"


def test_a_file_of_certificates_shuts_the_system_s_store_out_of_uv(tmp_path):
    file = tmp_path / "ca.pem"
    file.write_text("x")
    reading, found = read("uv", tmp_path, "0.9.30", SSL_CERT_FILE=str(file), UV_NATIVE_TLS="1")
    assert reading.trust.stores == (str(file),)
    assert roles(found)["UV_NATIVE_TLS"] is Role.OVERRIDDEN
    reading, _ = read("uv", tmp_path, "0.9.30", UV_NATIVE_TLS="1")
    assert reading.trust.stores == ("/etc/bundle.crt", "/etc/folder")
    reading, _ = read("uv", tmp_path, "0.9.30", UV_NATIVE_TLS="0")
    assert reading.trust.embedded


def test_uv_toml_shuts_out_the_table_in_pyproject(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.uv]\nnative-tls = true\n")
    assert read("uv", tmp_path)[0].trust.mechanism == "system"
    (tmp_path / "uv.toml").write_text("")
    reading, found = read("uv", tmp_path)
    assert reading.trust.mechanism == "embedded"
    (one,) = found
    assert one.role is Role.IGNORED
    assert "uv.toml" in one.why
    assert one.origin.line == 2


def test_a_source_of_poetry_has_its_own_bundle(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[[tool.poetry.source]]\nname = "corp"\nurl = "https://corp.example/simple/"\n'
    )
    (tmp_path / "poetry.toml").write_text('[certificates.corp]\ncert = "/corp.pem"\n')
    reading, _ = read("poetry", tmp_path, "2.1.0", REQUESTS_CA_BUNDLE="/all.pem")
    assert reading.trust.stores == ("/all.pem",)
    (scoped,) = reading.scoped
    assert (scoped.url, scoped.trust.stores) == ("https://corp.example/simple", ("/corp.pem",))
    assert [str(one.index.url) for one in reading.indexes] == ["https://corp.example/simple/"]
    older, _ = read("poetry", tmp_path, "1.8.0")
    assert [one.index.url.host for one in older.indexes] == ["corp.example", "pypi.org"]


def test_false_in_a_file_of_poetry_switches_verification_off_and_names_no_bundle(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[[tool.poetry.source]]\nname = "corp"\nurl = "https://corp.example/simple/"\n'
    )
    (tmp_path / "poetry.toml").write_text("[certificates.corp]\ncert = false\n")
    reading, found = read("poetry", tmp_path)
    assert [(one.meaning.value, one.role) for one in found] == [("insecure", Role.USED)]
    assert [one.verifies for one in reading.scoped] == [False]


def test_false_in_a_weaker_place_of_poetry_is_beaten_by_a_path(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[[tool.poetry.source]]\nname = "corp"\nurl = "https://corp.example/simple/"\n'
    )
    (tmp_path / "poetry.toml").write_text("[certificates.corp]\ncert = false\n")
    reading, found = read("poetry", tmp_path, POETRY_CERTIFICATES_CORP_CERT="/a.pem")
    assert [(one.trust.stores, one.verifies) for one in reading.scoped] == [(("/a.pem",), True)]
    assert [one.role for one in found] == [Role.USED, Role.OVERRIDDEN]


def test_curl_keeps_the_system_s_folder_beside_a_file(tmp_path):
    assert read("curl", tmp_path, CURL_CA_BUNDLE="/a")[0].trust.stores == ("/a", "/etc/folder")
    assert read("curl", tmp_path, SSL_CERT_DIR="/d")[0].trust.stores == ("/etc/bundle.crt", "/d")


def test_secrets_of_settings_are_not_shown(tmp_path):
    _, found = read(
        "uv", tmp_path, UV_INDEX_URL="https://u:hunter22@h/s", HTTPS_PROXY="http://a:hunter22@p"
    )
    assert "hunter22" not in repr(found)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("client", "name", "meant"),
    [
        ("pdm", "PDM_PYPI_CA_CERTS", "pypi.ca_certs"),
        ("requests", "REQUEST_CA_BUNDLE", "REQUESTS_CA_BUNDLE"),
        ("urllib", "SSL_CERTFILE", "SSL_CERT_FILE"),
        ("urllib", "ssl_cert_file", "SSL_CERT_FILE"),
        ("uv", "UV_NATIVE_TSL", "UV_NATIVE_TLS"),
        ("uv", "UV_SSL_CERT_FILE", "SSL_CERT_FILE"),
        ("twine", "TWINE_CA_BUNDLE", "TWINE_CERT"),
    ],
)
def test_a_misspelt_variable_names_the_likely_right_one(tmp_path, client, name, meant):
    (one,) = read(client, tmp_path, **{name: "/a.pem"})[1]
    assert (one.role, one.instead) == (Role.IGNORED, meant)
    assert one.harmful


@pytest.mark.parametrize("name", ["NIX_SSL_CERT_FILE", "AWS_CA_BUNDLE", "EDITOR", "SSLKEYLOGFILE"])
def test_the_variable_of_another_program_is_no_misspelling(tmp_path, name):
    assert read("urllib", tmp_path, **{name: "/a.pem"})[1] == []


def test_a_variable_that_others_read_is_told_with_their_names(tmp_path):
    (one,) = read("uv", tmp_path, REQUESTS_CA_BUNDLE="/a.pem")[1]
    assert one.why.startswith("uv does not read it; ")
    assert "pip" in one.for_others


def test_a_key_in_the_wrong_table_and_a_misspelt_one(tmp_path):
    (tmp_path / "uv.toml").write_text("[pip]\nsystem-certs = true\n")
    (one,) = read("uv", tmp_path)[1]
    assert (one.instead, one.origin.line) == ("system-certs", 2)
    (tmp_path / "uv.toml").write_text("native_tls = true\ncache-dir = '/x'\n")
    (one,) = read("uv", tmp_path)[1]
    assert one.instead == "native-tls"


def test_every_client_is_read_with_nothing_set(tmp_path):
    for client in roll_call.every():
        around = Surroundings(environment={}, folder=str(tmp_path), home=str(tmp_path))
        found = settings.read(client, around).settings
        # The machine's own files are read whatever the home folder is.
        assert [one for one in found if not one.origin.path.startswith("/etc/")] == []


def test_a_url_in_a_key_of_gits_is_shown_without_its_credentials(tmp_path):
    (tmp_path / "home").mkdir()
    text = '[http "https://me:hidden@x.example/"]\n\tsslCAInfo = /ca.pem ; mine\n\tsslVerify = no\n'
    (tmp_path / "home/.gitconfig").write_text(text)
    reading, found = read("git", tmp_path, HOME=str(tmp_path / "home"))
    shown = repr((reading.settings, reading.scoped, reading.trust, found))
    assert "hidden" not in shown
    (scoped,) = reading.scoped
    assert scoped.url == "https://****@x.example"
    assert not scoped.verifies


def test_pdms_default_table_is_for_its_default_source_alone(tmp_path):
    """Measured on 2.20 and 2.29: `[pypi]` for the source pypi, `[pypi.NAME]` for any other."""
    source = '[[tool.pdm.source]]\nname = "{}"\nurl = "https://{}.example/"\n'
    both = source.format("pypi", "one") + source.format("lab", "two")
    (tmp_path / "pyproject.toml").write_text(both)
    (tmp_path / "pdm.toml").write_text('[pypi]\nca_certs = "/default"\n')
    reading, _ = read("pdm", tmp_path)
    assert {one.scope: one.trust.bundle for one in reading.scoped} == {"lab": ""}
    assert reading.trust.bundle == "/default"
    (tmp_path / "pdm.toml").write_text('[pypi.lab]\nca_certs = "/lab"\n')
    reading, _ = read("pdm", tmp_path)
    assert {one.scope: one.trust.bundle for one in reading.scoped} == {"lab": "/lab"}
    assert reading.trust.bundle == ""


def test_pdms_default_switch_is_for_its_default_source_and_what_a_source_says_is_stronger(tmp_path):
    source = '[[tool.pdm.source]]\nname = "{}"\nurl = "https://{}.example/"\n'
    both = source.format("pypi", "one") + source.format("lab", "two")
    (tmp_path / "pyproject.toml").write_text(both)
    (tmp_path / "pdm.toml").write_text("[pypi]\nverify_ssl = false\n")
    reading, _ = read("pdm", tmp_path)
    assert {one.scope: one.verifies for one in reading.scoped} == {"pypi": False}
    (tmp_path / "pyproject.toml").write_text(source.format("pypi", "one") + "verify_ssl = true\n")
    reading, _ = read("pdm", tmp_path)
    assert all(one.verifies for one in reading.scoped)


def test_curl_reads_one_file_the_first_that_is_there(tmp_path):
    home, config = tmp_path / "home", tmp_path / "config"
    for folder in (home / ".config", config):
        folder.mkdir(parents=True)
    for path in (home / ".config/curlrc", home / ".curlrc", config / ".curlrc"):
        path.write_text(f"cacert = {path}\n")
    around = {"HOME": str(home), "XDG_CONFIG_HOME": str(config)}
    assert read("curl", tmp_path, **around)[0].trust.bundle == str(config / ".curlrc")
    (config / ".curlrc").rename(config / "curlrc")
    assert read("curl", tmp_path, **around)[0].trust.bundle == str(home / ".curlrc")
    (home / ".curlrc").unlink()
    assert read("curl", tmp_path, **around)[0].trust.bundle == ""
    assert read("curl", tmp_path, HOME=str(home))[0].trust.bundle == str(home / ".config/curlrc")


@pytest.mark.parametrize(
    ("client", "file", "text"),
    [
        ("git", ".gitconfig", "[http]\n\tsslCAInfo = ~/ca.pem\n"),
        ("npm", ".npmrc", "cafile=~/ca.pem\n"),
    ],
)
def test_git_and_npm_find_a_bundle_below_the_home_folder(tmp_path, client, file, text):
    home = tmp_path / "home"
    home.mkdir()
    (home / file).write_text(text)
    (home / "ca.pem").write_text("x")
    reading, found = read(client, tmp_path, **NO_FILE_OF_THE_MACHINE)
    assert reading.trust.bundle == str(home / "ca.pem")
    assert set(roles(found).values()) == {Role.USED}


def test_curl_takes_such_a_path_as_it_is(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / ".curlrc").write_text("cacert=~/ca.pem\n")
    assert read("curl", tmp_path, HOME=str(home))[0].trust.bundle == "~/ca.pem"


def test_npm_passes_over_a_file_that_is_not_there_and_asks_no_other(tmp_path):
    other = tmp_path / "other.pem"
    other.write_text("x")
    (tmp_path / ".npmrc").write_text(f"cafile={other}\n")
    missing = {"npm_config_cafile": "/no/such.pem", **NO_FILE_OF_THE_MACHINE}
    reading, found = read("npm", tmp_path, **missing)
    assert reading.trust.bundle == ""
    first, second = found
    assert (first.role, second.role) == (Role.IGNORED, Role.OVERRIDDEN)
    assert "no such file" in first.why
    assert second.why == "npm_config_cafile is stronger"
