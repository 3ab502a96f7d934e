import datetime as dt
import json

from plain import get

from certmend.lab import pages
from certmend.lab.registry import Registry, pypi
from certmend.lab.wheels import BILLING, LEDGER


def test_the_same_answer_to_everything():
    with Registry(pages.answering("403 Forbidden", b"no", X_Why="group")) as registry:
        for path in ("/", "/simple/billing/"):
            status, fields, body = get(registry.port, path)
            assert (status, fields["x-why"], body) == (403, "group", b"no")


def test_a_login_page_is_html_with_a_form_and_200():
    with Registry(pages.login_page()) as registry:
        status, fields, body = get(registry.port, "/simple/billing/")
        assert status == 200
        assert fields["content-type"].startswith("text/html")
        assert b"<form" in body


def test_a_redirect_keeps_the_path():
    with Registry(pages.redirecting("https://files.example:444")) as registry:
        status, fields, _ = get(registry.port, "/simple/billing/")
        assert (status, fields["location"]) == (302, "https://files.example:444/simple/billing/")


def test_no_root_and_working_package_pages(tmp_path):
    with Registry(pages.without_root(pypi(tmp_path, BILLING))) as registry:
        status, fields, _ = get(registry.port, "/simple/")
        assert status == 404
        assert fields["x-jfrog-version"].startswith("Artifactory/")
        assert get(registry.port, "/simple/billing/")[0] == 200


def test_file_links_lead_to_another_host():
    app = pages.links_to("https://files.example/f/", [BILLING])
    with Registry(app) as registry:
        assert b'href="billing/"' in get(registry.port, "/simple/")[2]
        page = get(registry.port, "/simple/billing/")[2].decode()
        assert f'href="https://files.example/f/{BILLING.name}#sha256={BILLING.sha256}"' in page
        assert get(registry.port, f"/files/{BILLING.name}")[2] == BILLING.content
        assert get(registry.port, "/files/other.whl")[0] == 404


def test_json_alone():
    with Registry(pages.as_json([BILLING, LEDGER])) as registry:
        _, fields, root = get(registry.port, "/simple/")
        assert fields["content-type"] == "application/vnd.pypi.simple.v1+json"
        assert json.loads(root)["projects"] == [{"name": "billing"}, {"name": "ledger"}]
        page = json.loads(get(registry.port, "/simple/billing/")[2])
        assert page["name"] == "billing"
        assert [one["url"] for one in page["files"]] == [f"/files/{BILLING.name}"]
        assert get(registry.port, "/simple/unknown/")[0] == 404


def test_a_server_of_another_time_states_one_date(tmp_path):
    moment = dt.datetime(2031, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    with Registry(pages.at_time(pypi(tmp_path), moment)) as registry:
        assert get(registry.port, "/simple/")[1]["date"] == "Tue, 06 May 2031 07:08:09 GMT"


def test_published_files_can_be_added_later():
    files: dict[str, bytes] = {}
    with Registry(pages.published(files)) as registry:
        assert get(registry.port, "/ca.crl")[0] == 404
        files["ca.crl"] = b"list"
        assert get(registry.port, "/ca.crl")[2] == b"list"
