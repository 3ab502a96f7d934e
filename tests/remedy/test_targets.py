"""Which file of which scope a client is fixed in, by its version, variables and what is there."""

import os
import subprocess
from pathlib import Path

import pytest
from builders import ROOT, a_store, facts

from certmend import registry
from certmend.errors import UsageError
from certmend.model.client import ClientFacts, Trust
from certmend.model.index import Index, Purpose
from certmend.model.plan import EditFile, SetVariable, WriteFile
from certmend.model.setting import Meaning, Origin, OriginKind, Setting
from certmend.model.url import parse
from certmend.remedy import bundles
from certmend.remedy.ground import Ground, Method, Scope
from certmend.remedy.target import Target, Wish

TARGETS = {one.name: one for one in registry.load("certmend.remedy.targets", Target)}
HOST = "pypi.corp.example:443"
WISH = Wish(anchors=bundles.members((ROOT.der,), "given"), hosts=(HOST,))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch):
    """A home and a project, which is the current folder; the ground on them."""
    for folder in ("home", "project"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "project")

    def ground(**changes) -> Ground:
        environment = {"HOME": str(tmp_path / "home"), **changes.pop("environment", {})}
        given = {
            "facts": facts(),
            "needs": (),
            "environment": environment,
            "roots": (),
            "platform": "linux",
            "is_root": False,
            "read_bundle": lambda _: (),
        }
        return Ground(**{**given, **changes})

    ground.root = tmp_path
    return ground


def client(name: str, version: str = "1", **changes) -> ClientFacts:
    return ClientFacts(
        name=name, version=version, **{"trust": Trust(mechanism="bundle"), **changes}
    )


def edited(steps, root: Path) -> list[str]:
    return [str(Path(s.path).relative_to(root)) for s in steps if isinstance(s, EditFile)]


@pytest.mark.parametrize(
    ("name", "there", "environment", "scope", "expected"),
    [
        ("git", (), {}, None, "home/.gitconfig"),
        ("git", ("home/.config/git/config",), {}, None, "home/.config/git/config"),
        ("git", ("home/.config/git/config", "home/.gitconfig"), {}, None, "home/.gitconfig"),
        ("git", (), {"GIT_CONFIG_GLOBAL": "{root}/mine"}, None, "mine"),
        ("git", (), {"GIT_CONFIG_SYSTEM": "{root}/all"}, Scope.SYSTEM, "all"),
        ("npm", (), {}, None, "home/.npmrc"),
        ("npm", (), {"npm_config_userconfig": "{root}/mine"}, None, "mine"),
        ("npm", ("project/package.json",), {}, Scope.PROJECT, "project/.npmrc"),
        ("npm", (), {"NPM_CONFIG_GLOBALCONFIG": "{root}/all"}, Scope.SYSTEM, "all"),
        ("curl", (), {}, None, "home/.curlrc"),
        ("curl", (), {"CURL_HOME": "{root}/c"}, None, "c/.curlrc"),
        ("curl", ("home/.config/curlrc",), {}, None, "home/.config/curlrc"),
        ("curl", ("x/.curlrc",), {"XDG_CONFIG_HOME": "{root}/x"}, None, "x/.curlrc"),
        ("curl", ("x/curlrc",), {"XDG_CONFIG_HOME": "{root}/x"}, None, "home/.curlrc"),
    ],
)
def test_the_file_of_the_scope(name, there, environment, scope, expected, machine):
    for path in there:
        (machine.root / path).parent.mkdir(parents=True, exist_ok=True)
        (machine.root / path).write_text("")
    variables = {key: value.format(root=machine.root) for key, value in environment.items()}
    steps = TARGETS[name].trust(client(name), WISH, machine(environment=variables, scope=scope))
    assert edited(steps, machine.root) == [expected]


def test_gits_worktree_has_the_settings_of_its_repository(machine):
    run = lambda *words: subprocess.run(["git", *words], check=True, capture_output=True)  # noqa: E731
    run("init", "-q", str(machine.root / "repository"))
    name = ("-c", "user.name=x", "-c", "user.email=x@x.example")
    run("-C", str(machine.root / "repository"), *name, "commit", "-q", "--allow-empty", "-m", "x")
    (machine.root / "project").rmdir()
    run("-C", str(machine.root / "repository"), "worktree", "add", str(machine.root / "project"))
    os.chdir(machine.root / "project")
    steps = TARGETS["git"].trust(client("git"), WISH, machine(scope=Scope.PROJECT))
    assert edited(steps, machine.root.resolve()) == ["repository/.git/config"]


@pytest.mark.parametrize(
    ("there", "environment", "scope", "expected"),
    [
        ((), {}, None, "home/.config/uv/uv.toml"),
        ((), {"UV_CONFIG_FILE": "{root}/mine.toml"}, None, "mine.toml"),
        ((), {}, Scope.PROJECT, "project/uv.toml"),
        (("project/pyproject.toml",), {}, Scope.PROJECT, "project/pyproject.toml"),
        (("project/pyproject.toml", "project/uv.toml"), {}, Scope.PROJECT, "project/uv.toml"),
    ],
)
def test_uvs_host_goes_where_uv_reads_it(there, environment, scope, expected, machine):
    for path in there:
        (machine.root / path).write_text("")
    variables = {key: value.format(root=machine.root) for key, value in environment.items()}
    ground = machine(environment=variables, scope=scope, method=Method.TRUSTED_HOST)
    steps = TARGETS["uv"].trust_host(client("uv", "0.13.9"), HOST, ground)
    assert edited(steps, machine.root) == [expected]
    table = "[tool.uv]\n" if expected.endswith("pyproject.toml") else ""
    assert steps[0].after.decode() == f'{table}allow-insecure-host = ["{HOST}"]\n'


def test_uvs_versions_have_other_settings(machine):
    host = TARGETS["uv"].trust_host
    (step,) = host(client("uv", "0.3.6"), HOST, machine())
    assert step == SetVariable(name="UV_INSECURE_HOST", value=HOST, what=step.what, lasts=False)
    with pytest.raises(UsageError, match=r"uv can from 0\.3\.5 on"):
        host(client("uv", "0.3.4"), HOST, machine())
    variables = {"UV_NO_CONFIG": "1", "UV_INSECURE_HOST": "a.example"}
    (step,) = host(client("uv", "0.13.9"), HOST, machine(environment=variables))
    assert step.value == f"a.example {HOST}"


SYSTEM = "/etc/ssl/certs/ca-certificates.crt"


@pytest.mark.parametrize(
    ("version", "key"),
    [("0.10.12", "native-tls"), ("0.11.0", "system-certs"), ("0.13.9", "system-certs")],
)
def test_uvs_key_for_the_systems_store_is_that_of_its_version(version, key, machine):
    observed = facts(stores=(a_store(SYSTEM, ROOT),))
    ground = machine(facts=observed, method=Method.TRUSTSTORE)
    (step,) = TARGETS["uv"].trust(client("uv", version), WISH, ground)
    assert step.after.decode() == f"{key} = true\n"


def a_source(name: str, number: int, path: str) -> Index:
    origin = Origin(kind=OriginKind.FILE, name=f"tool.pdm.source.{number}.url", path=path)
    return Index(
        url=parse("https://pypi.corp.example/simple/"),
        origin=origin,
        purpose=Purpose.INDEX,
        name=name,
    )


def test_pdms_source_is_edited_where_it_says_something_itself(machine):
    """`verify_ssl = true` beside a source beats every other file of PDM's."""
    project = machine.root / "project/pyproject.toml"
    project.write_text('[[tool.pdm.source]]\nname = "lab"\nverify_ssl = true # yes\n')
    pdm = client("pdm", indexes=(a_source("lab", 0, str(project)),))
    (step,) = TARGETS["pdm"].trust_host(pdm, HOST, machine())
    assert step.path == str(project)
    assert step.after.endswith(b"verify_ssl = false # yes\n")
    steps = TARGETS["pdm"].trust(pdm, WISH, machine())
    assert edited(steps, machine.root) == ["home/.config/pdm/config.toml"]
    assert b"[pypi.lab]" in steps[-1].after


def test_poetrys_own_variable_decides_and_takes_no_false(machine):
    name = "POETRY_CERTIFICATES_LAB_CERT"
    trust = Trust(
        mechanism="certifi", bundle="/etc/ssl/cert.pem", bundle_origin=name, replaces=True
    )
    setting = Setting(key="cert", value="/x", origin=Origin(kind=OriginKind.VARIABLE, name=name))
    poetry = client("poetry", indexes=(a_source("lab", 0, ""),), trust=trust, settings=(setting,))
    steps = TARGETS["poetry"].trust(poetry, WISH, machine())
    assert [one.name for one in steps if isinstance(one, SetVariable)] == [name]
    with pytest.raises(UsageError, match=f"{name} decides"):
        TARGETS["poetry"].trust_host(poetry, HOST, machine())


def test_two_sources_share_one_edit_and_one_bundle(machine):
    project = str(machine.root / "project/pyproject.toml")
    pdm = client("pdm", indexes=(a_source("one", 0, project), a_source("two", 1, project)))
    steps = TARGETS["pdm"].trust(pdm, WISH, machine())
    assert [type(one) for one in steps] == [WriteFile, EditFile]
    assert b"[pypi.one]" in steps[1].after
    assert b"[pypi.two]" in steps[1].after


def test_a_list_of_folders_is_never_taken_for_a_file(machine):
    """SSL_CERT_DIR may name several; none is there, so a bundle is kept and pointed at."""
    value = f"{machine.root}/a:{machine.root}/b"
    origin = Origin(kind=OriginKind.VARIABLE, name="SSL_CERT_DIR")
    setting = Setting(key="SSL_CERT_DIR", value=value, origin=origin, meaning=Meaning.FOLDER)
    trust = Trust(mechanism="bundle", bundle=value, bundle_origin="SSL_CERT_DIR", replaces=True)
    uv = client("uv", "0.13.9", trust=trust, settings=(setting,))
    written, variable = TARGETS["uv"].trust(uv, WISH, machine())
    assert written.path == str(machine.root / "home/.local/share/certmend/ca-bundle.pem")
    assert variable.name == "SSL_CERT_FILE"


def test_every_target_refuses_or_does_every_method(machine):
    """No target forgets a method: it gives steps, or two lines that say why not."""
    for name, target in TARGETS.items():
        for method in (None, *Method):
            if method is Method.TRUSTED_HOST:
                continue
            try:
                steps = target.trust(client(name), WISH, machine(method=method))
            except UsageError as error:
                assert error.message, name
                assert error.hint, name
            else:
                assert steps, name
