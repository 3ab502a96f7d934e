"""`certmend fix Dockerfile`, as a person runs it."""

import json
import subprocess

import jsonschema
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certmend.lab.lab import corporate
from certmend.present import plans

DOCKERFILE = "FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "Dockerfile").write_text(DOCKERFILE)
    (folder / "requirements.txt").write_text("billing\n")
    return folder


@pytest.fixture
def ca(tmp_path, root):
    path = tmp_path / "corp.pem"
    path.write_text(root.pem)
    return "../corp.pem"


def contents(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def two_lines(said, *words):
    assert said.returncode == 2, said.stderr
    assert len(said.stderr.splitlines()) == 2
    assert all(word in said.stderr for word in words), said.stderr


def test_it_is_shown_written_and_taken_back_byte_for_byte(run, project, ca):
    before = contents(project)
    shown = run("fix", "Dockerfile", "--ca", ca, "--diff", folder=project)
    assert shown.returncode == 1
    assert "+COPY corp-ca.crt /usr/local/share/ca-certificates/corp-ca.crt" in shown.stdout
    assert all(len(one) <= 80 for one in shown.stdout.splitlines() if not one.startswith("+"))
    assert contents(project) == before
    assert run("fix", "Dockerfile", "--ca", ca, folder=project).returncode == 1  # nobody is asked
    assert contents(project) == before
    said = run("fix", "Dockerfile", "--ca", ca, "--yes", folder=project)
    assert said.returncode == 0, said.stderr
    assert set(contents(project)) == {*before, "corp-ca.crt"}
    again = run("fix", "Dockerfile", "--ca", ca, "--yes", folder=project)
    assert (again.returncode, again.stdout) == (0, "Dockerfile: nothing to do\n")
    assert run("fix", "Dockerfile", folder=project).returncode == 0
    assert run("undo", folder=project).returncode == 0
    assert contents(project) == before


def test_the_ca_becomes_one_pem_file_whatever_it_came_in(run, project, ca, root, tmp_path):
    der = root.certificate.public_bytes(Encoding.DER)
    (tmp_path / "corp.der").write_bytes(der)
    said = run("fix", "Dockerfile", "--ca", "../corp.der", "--yes", folder=project)
    assert said.returncode == 0, said.stderr
    written = (project / "corp-ca.crt").read_bytes()
    assert x509.load_pem_x509_certificate(written).public_bytes(Encoding.DER) == der
    assert str(tmp_path).encode() not in written
    # A DER file of that name in the way stays, and the CA gets another name.
    run("undo", folder=project)
    (project / "corp-ca.crt").write_text("something else\n")
    run("fix", "Dockerfile", "--ca", ca, "--yes", folder=project)
    assert (project / "corp-ca.crt").read_text() == "something else\n"
    assert len(list(project.glob("corp-ca-*.crt"))) == 1


def test_a_ca_in_the_context_stays_where_it_is(run, project, root):
    (project / "certs").mkdir()
    (project / "certs" / "root.pem").write_text(root.pem)
    said = run("fix", "Dockerfile", "--ca", "certs/root.pem", "--yes", folder=project)
    assert said.returncode == 0, said.stderr
    text = (project / "Dockerfile").read_text()
    assert "COPY certs/root.pem /usr/local/share/ca-certificates/root.crt\n" in text
    assert not list(project.glob("*.crt"))


def test_the_dockerignore_lets_it_through(run, project, ca):
    (project / ".dockerignore").write_text("*\n!requirements.txt")
    run("fix", "Dockerfile", "--ca", ca, "--yes", folder=project)
    text = (project / ".dockerignore").read_text()
    assert text == "*\n!requirements.txt\n!corp-ca.crt\n"
    (project / "Dockerfile.dockerignore").write_text("**/*.crt\n")
    (project / "Dockerfile").write_text(DOCKERFILE)
    run("fix", "Dockerfile", "--ca", ca, "--yes", folder=project)
    assert (project / "Dockerfile.dockerignore").read_text() == "**/*.crt\n!corp-ca.crt\n"


def test_the_context_is_where_the_copied_files_are(run, project, ca):
    (project / "docker").mkdir()
    (project / "Dockerfile").rename(project / "docker" / "Dockerfile")
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    (project / ".gitignore").write_text("*.crt\n")
    said = run("fix", "docker/Dockerfile", "--ca", ca, "--yes", folder=project)
    assert said.returncode == 0, said.stderr
    assert (project / "corp-ca.crt").exists()
    assert "git add --force corp-ca.crt" in " ".join(said.stdout.split())


def test_a_folder_is_fixed_whole_and_contexts_come_from_what_builds(run, project, ca):
    (project / "api").mkdir()
    (project / "api" / "Dockerfile").write_text("FROM alpine\nRUN pip install billing\n")
    (project / "compose.yml").write_text(
        "services:\n  api:\n    build: {context: ., dockerfile: api/Dockerfile}\n"
    )
    (project / ".github" / "workflows").mkdir(parents=True)
    (project / ".github" / "workflows" / "test.yml").write_text(
        "jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - uses: actions/checkout@v4\n      - run: pip install billing\n"
    )
    before = contents(project)
    said = run("fix", ".", "--ca", ca, "--yes", folder=project)
    assert said.returncode == 0, said.stderr
    assert set(contents(project)) == {*before, "corp-ca.crt"}
    assert "COPY corp-ca.crt" in (project / "api" / "Dockerfile").read_text()
    assert "corp-ca.crt" in (project / ".github" / "workflows" / "test.yml").read_text()
    assert run("undo", folder=project).returncode == 0
    assert contents(project) == before


def test_a_compose_file_brings_its_bundle(run, project, ca, root):
    (project / "compose.yml").write_text(
        "services:\n  job:\n    image: python:3.12\n    command: pip install billing\n"
    )
    said = run("fix", "compose.yml", "--ca", ca, "--yes", folder=project)
    assert said.returncode == 0, said.stderr
    held = (project / "corp-ca-bundle.pem").read_text()
    assert held.count("BEGIN CERTIFICATE") > 100
    assert root.pem.split("-----")[2].strip() in held


def test_without_a_ca_two_lines_ask_for_it(run, project, ca, root):
    said = run("fix", "Dockerfile", folder=project)
    two_lines(said, "no CA was given", "--ca FILE")
    (project / "root.pem").write_text(root.pem)
    two_lines(run("fix", "Dockerfile", folder=project), "--ca root.pem")


def test_what_is_no_ca_is_refused(run, project, ca, root, tmp_path):
    (tmp_path / "leaf.pem").write_text(root.leaf("pypi.corp.example").pem)
    old, _ = corporate()
    (tmp_path / "key.pem").write_text(
        old.pem + "-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n"
    )
    before = contents(project)
    for name, word in (
        ("leaf.pem", "is no CA"),
        ("key.pem", "private key"),
        ("no.pem", "cannot read"),
    ):
        said = run("fix", "Dockerfile", "--ca", f"../{name}", "--yes", folder=project)
        two_lines(said, word)
    said = run("fix", "Dockerfile", "--ca", ca, "--fingerprint", "ab" * 32, folder=project)
    two_lines(said, "SHA-256")
    assert contents(project) == before


def test_what_is_no_build_file_is_wrong_use(run, project, ca, tmp_path):
    (project / "notes.txt").write_text("hello\n")
    (project / "empty").mkdir()
    (project / "Containerfile").write_text("hello\n")
    (project / "compose.yaml").write_text("services:\n  a: [\n")
    (project / "devcontainer.json").write_text('{"image": ')
    for name, word in (
        ("notes.txt", "is no build file"),
        ("gone/Dockerfile", "does not exist"),
        ("empty", "holds no build file"),
        ("Containerfile", "it has no FROM"),
        ("compose.yaml", "is no valid YAML"),
        ("devcontainer.json", "is no valid JSON"),
    ):
        two_lines(run("fix", name, "--ca", ca, folder=project), word)
    mixed = run("fix", "Dockerfile", "https://pypi.corp.example/simple", "--ca", ca, folder=project)
    two_lines(mixed, "one after the other")
    two_lines(run("fix", "Dockerfile", "--scope", "user", folder=project), "--scope")
    two_lines(run("fix", "Dockerfile", "--method", "truststore", folder=project), "truststore")
    two_lines(run("fix", "--family", "debian", folder=project), "build files")


def test_a_file_of_another_name_is_told_by_its_first_instruction(run, project, ca):
    (project / "Dockerfile").rename(project / "build.image")
    assert run("fix", "build.image", "--ca", ca, "--yes", folder=project).returncode == 0


def test_a_read_only_file_is_left_as_it_is(run, project, ca):
    (project / "Dockerfile").chmod(0o444)
    said = run("fix", "Dockerfile", "--ca", ca, "--yes", folder=project)
    assert said.returncode == 3
    assert "is read-only" in said.stderr
    assert (project / "Dockerfile").read_text() == DOCKERFILE


def test_what_cannot_be_mended_is_said_and_the_rest_is(run, project, ca):
    (project / "Dockerfile").write_text(
        "FROM corp/base\nRUN pip install x\nFROM python:3.12\nRUN pip install x\n"
        "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN pip install x\n"
    )
    said = run("fix", "Dockerfile", "--ca", ca, "--yes", folder=project)
    assert said.returncode == 1
    words = " ".join(said.stdout.split())
    assert "stage 1 (corp/base) of Dockerfile stays as it is" in words
    assert "Windows image" in words
    assert (project / "Dockerfile").read_text().count("COPY") == 1
    said = run("fix", "Dockerfile", "--ca", ca, "--family", "alpine", "--yes", folder=project)
    assert (project / "Dockerfile").read_text().count("COPY") == 2


def test_json_is_the_plan_of_the_schema(run, project, ca):
    said = run("fix", "Dockerfile", "--ca", ca, "--format", "json", folder=project)
    plan = json.loads(said.stdout)
    jsonschema.validate(plan, plans.schema())
    assert plan["state"] == "planned"
    assert [one["kind"] for one in plan["remedies"][0]["steps"]] == ["write-file", "edit-file"]


def test_an_ignore_that_nothing_needs_any_more_goes_with_the_switch(run, project, ca):
    (project / "Dockerfile").write_text(
        "FROM python:3.12\n# certmend: ignore[trusted-host] until=2036-01-31 moves to TLS\n"
        "RUN pip install --trusted-host pypi.corp.example billing\n"
    )
    said = run("fix", "Dockerfile", "--ca", ca, "--yes", folder=project)
    assert said.returncode == 0, said.stderr
    text = (project / "Dockerfile").read_text()
    assert "ignore" not in text
    assert "trusted-host" not in text
    found = run("lint", "--ignore", "version-check", "Dockerfile", folder=project)
    assert found.returncode == 0, found.stdout


def test_switches_in_files_that_the_image_copies_are_named(run, project, ca):
    (project / "requirements.txt").write_text("--trusted-host pypi.corp.example\nbilling\n")
    said = run("fix", "Dockerfile", "--ca", ca, folder=project)
    assert "requirements.txt:1: pip verifies nothing of pypi.corp.example" in " ".join(
        said.stdout.split()
    )


def test_of_many_cas_those_that_are_not_public_are_meant(run, project, ca, root, tmp_path):
    run("bundle", "build", ca, "-o", "../all.pem", folder=project)
    said = run("fix", "Dockerfile", "--ca", "../all.pem", "--yes", folder=project)
    assert said.returncode == 0, said.stderr
    assert [one.name for one in project.glob("*.crt")] == ["all-ca.crt"]
    run("undo", folder=project)
    run("bundle", "build", "-o", "../public.pem", folder=project)
    two_lines(run("fix", "Dockerfile", "--ca", "../public.pem", folder=project), "all are public")
