"""The command as a person uses it: a server, files, many cases, formats, wrong input."""

import datetime as dt
import json
import re
import subprocess

import jsonschema
import pytest

from certmend.lab import raw
from certmend.lab.front import Front
from certmend.lab.pki import Authority, pem_bundle

HOST = "pypi.corp.example"
DAY = dt.timedelta(days=1)


@pytest.fixture
def files(root, issuing, tmp_path):
    """A folder with a chain, its root and another root."""
    (tmp_path / "chain.pem").write_text(pem_bundle(issuing.leaf(HOST), issuing))
    (tmp_path / "ca.pem").write_text(root.pem)
    (tmp_path / "other.pem").write_text(Authority.root("Other Root CA").pem)
    return tmp_path


@pytest.fixture
def inspect(run, files):
    def call(*arguments: str, **variables: str):
        return run("inspect", *arguments, folder=files, **variables)

    return call


def test_a_healthy_chain_of_a_file(inspect):
    said = inspect("chain.pem", "--trust", "ca.pem", "--host", HOST)
    assert said.returncode == 0, said.stdout
    assert '"Corp Root CA"  root, trusted, not sent' in said.stdout
    assert "in      ca.pem" in said.stdout
    assert "trusted by every profile asked" in said.stdout
    assert re.search(r"valid +\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, \d+ days left", said.stdout)
    assert max(len(line) for line in said.stdout.splitlines()) <= 80


def test_the_long_form_for_one(inspect):
    arguments = ("--chain", "chain.pem", "--trust", "ca.pem", "--host", HOST)
    said = inspect(*arguments, "--at", "2100-01-01T00:00:00Z", "--profile", "openssl")
    assert said.returncode == 1
    assert "V10 certificate has expired" in said.stdout
    assert "error[expired]" in said.stdout
    assert "webpki" not in said.stdout.partition("what if")[0]


def test_a_dot_at_the_end_matters_to_some_clients(inspect):
    arguments = ("--trust", "ca.pem", "--host", f"{HOST}.", "--format", "json")
    rows = json.loads(inspect("chain.pem", *arguments).stdout)["what_if"]
    given = {one["client"]: one["works"] for one in rows if one["store"] == "ca.pem"}
    assert given["pip before 24.2"]
    assert given["curl"]
    assert not given["urllib; Python 3.13"]


def test_json_is_valid_for_its_own_schema(inspect, run, files):
    said = inspect("chain.pem", "--trust", "other.pem", "--host", HOST, "--format", "json")
    found = json.loads(said.stdout)
    jsonschema.validate(found, json.loads(run("schema", "inspection").stdout))
    assert said.returncode == 1
    assert found["schema"] == "certmend/inspection/1"
    assert found["ok"] is False
    assert [one["state"] for one in found["chain"]] == ["sent", "sent"]
    assert {one["profile"]: one["trusted"] for one in found["verdicts"]} == {
        "openssl": False,
        "openssl-strict": False,
        "openssl-nocn": False,
        "webpki": False,
    }
    (finding,) = found["findings"]
    assert finding["code"] == "untrusted-root"
    assert len(finding["profiles"]) == 4


def test_what_if_tells_clients_stores_and_dates(inspect):
    said = inspect("chain.pem", "--trust", "ca.pem", "--host", HOST, "--format", "json")
    rows = json.loads(said.stdout)["what_if"]
    assert len({row["at"] for row in rows}) == 3
    with_it = {row["client"]: row["works"] for row in rows if row["store"] == "ca.pem"}
    alone = {row["client"]: row["works"] for row in rows if row["store"] != "ca.pem"}
    assert with_it["uv"]
    assert with_it["pip before 24.2"]
    assert not alone["uv"]
    assert any(client.startswith("urllib; Python") and "here" in client for client in with_it)


def test_what_is_superfluous_out_of_order_and_missing(inspect, files, root, issuing):
    other = Authority.root("Other Root CA")
    lower = issuing.intermediate("Corp Lower CA")
    (files / "odd.pem").write_text(pem_bundle(lower.leaf(HOST), issuing, lower, other, lower))
    said = inspect("odd.pem", "--trust", "ca.pem", "--host", HOST)
    assert said.returncode == 0
    assert '  4          "Other Root CA"  root, sent for nothing' in said.stdout
    assert "intermediate, sent once more" in said.stdout
    assert "the chain was not sent in order" in said.stdout
    (files / "short.pem").write_text(pem_bundle(lower.leaf(HOST)))
    (files / "both.pem").write_text(pem_bundle(root, lower, issuing))
    said = inspect("short.pem", "--host", HOST, SSL_CERT_FILE=str(files / "both.pem"))
    assert '"Corp Lower CA"  intermediate, not sent' in said.stdout
    assert "error[missing-intermediate]" in said.stdout


def test_a_server_that_nobody_trusts(inspect, backend, issuing):
    with Front(backend, issuing.leaf("localhost"), (issuing,)) as server:
        said = inspect(f"localhost:{server.port}", "--trust", "ca.pem")
        by_url = inspect(f"https://127.0.0.1:{server.port}/simple/", "--trust", "ca.pem")
        unknown = inspect(f"localhost:{server.port}", "--no-fetch")
    assert said.returncode == 0, said.stdout
    assert f"localhost:{server.port}\n" in said.stdout
    assert by_url.returncode == 1
    assert "error[hostname-mismatch]" in by_url.stdout
    assert "error[untrusted-root]" in unknown.stdout


def test_a_server_that_speaks_no_tls_or_is_not_there(inspect):
    with raw.RawServer(raw.plain_http()) as server:
        said = inspect(f"localhost:{server.port}")
    assert said.returncode == 1
    assert "error[not-tls]" in said.stdout
    assert "no chain was seen" in said.stdout
    assert "error[unreachable]" in inspect("localhost:1").stdout
    assert "error[dns]" in inspect("nowhere.invalid").stdout


def case(files, **changes) -> str:
    given = {
        "id": "one",
        "chain": (files / "chain.pem").read_text(),
        "trust": (files / "ca.pem").read_text(),
        "host": HOST,
        "at": f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "profile": "openssl",
    }
    return json.dumps({**given, **changes})


def test_many_cases_are_answered_in_order(inspect, files):
    lines = [case(files, id=number) for number in range(400)]
    lines[7] = "no JSON"
    (files / "cases.jsonl").write_text("\n".join(lines) + "\n")
    assert (files / "cases.jsonl").stat().st_size > 1 << 19
    said = inspect("--batch", "cases.jsonl", "--format", "json")
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert said.returncode == 0, said.stderr
    assert [one["id"] for one in answers] == [*range(7), None, *range(8, 400)]
    assert [one["trusted"] for one in answers] == [number != 7 for number in range(400)]


def test_a_pipe_gets_each_answer_before_the_next_case(certmend_command, clean, files):
    command = [certmend_command, "inspect", "--batch", "-", "--format", "json"]
    with subprocess.Popen(
        command, env=clean, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for host, error in ((HOST, None), ("other.example", 62)):
            process.stdin.write(case(files, host=host) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["error"] == error
        process.stdin.close()
        assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "nothing to inspect"),
        (("absent.pem",), "cannot read absent.pem: no such file or directory"),
        (("folder",), "cannot read folder: is a directory"),
        (("empty.pem",), "empty.pem holds no certificate: it is empty"),
        (("key.pem",), "key.pem holds no certificate: it holds a private key"),
        (("a b",), "'a b' is no server and no file"),
        (("ftp://localhost/",), "'ftp://localhost/' is no server and no file"),
        (("localhost:99999",), "'localhost:99999' is no server and no file"),
        (("one.example", "two.example"), "one server at a time"),
        (("chain.pem", "one.example"), "one server at a time"),
        (("chain.pem", "--at", "soon"), "'soon' is not a time"),
        (("chain.pem", "--trust", "absent.pem"), "--trust absent.pem cannot be used"),
        (("chain.pem", "--trust", "empty.pem"), "--trust empty.pem cannot be used: it is empty"),
        (("--batch", "absent.jsonl"), "cannot read absent.jsonl: no such file or directory"),
        (("chain.pem", "--batch", "absent.jsonl"), "--batch goes with no other input"),
        (("chain.pem", "--profile", "gnutls"), "invalid value for '--profile'"),
    ],
)
def test_wrong_input_is_two_lines_and_status_2(inspect, files, arguments, words):
    (files / "folder").mkdir()
    (files / "empty.pem").write_text("")
    (files / "key.pem").write_text(Authority.root().key_pem)
    said = inspect(*arguments)
    assert said.returncode == 2
    assert said.stdout == ""
    first, second = said.stderr.splitlines()
    assert first.startswith("certmend: error: ")
    assert words in first
    assert second.startswith("certmend: hint: ")


def test_a_password_in_a_proxy_is_not_shown(inspect):
    said = inspect(
        "one.example", "--proxy", "http://user:s3cr3t-Pa55@localhost:1", "--timeout", "2"
    )
    assert said.returncode == 1
    assert "s3cr3t-Pa55" not in said.stdout + said.stderr
    assert "error[proxy]" in said.stdout


def test_a_chain_of_two_hundred_is_cut_in_the_text(inspect, files, issuing):
    (files / "long.pem").write_text(pem_bundle(issuing.leaf(HOST), *[issuing] * 200))
    said = inspect("long.pem", "--trust", "ca.pem", "--host", HOST)
    assert said.returncode == 0
    assert "more certificates" in said.stdout
    assert len(said.stdout.splitlines()) < 200
