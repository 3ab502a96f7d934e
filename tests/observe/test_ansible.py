"""Ansible's variables across the files of roles and inventories, as lint finds them."""

import os
from datetime import date

import pytest

from certmend.observe.syntax import yaml_tree
from certmend.tasks import linting

TEMPLATE = "roles/common/templates/pip.conf.j2"
TRUSTED = "[global]\ntrusted-host = {{ nexus_ip }}\n"
HOST = "nexus_ip: nexus.corp.example\n"
HERE = "nexus_ip: 127.0.0.1\n"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Write files below the current folder."""
    monkeypatch.chdir(tmp_path)

    def write(**files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return write


def survey(*paths, fix=False):
    request = linting.LintRequest(paths=paths or (".",), today=date(2026, 11, 27))
    return linting.survey(request, fix=fix)


def found(*paths):
    """The rule, file and line of each finding that is no note."""
    report = survey(*paths).report
    assert not report.skipped
    return [
        (one.fault.rule, one.path, one.line)
        for one in report.findings
        if one.fault.severity != "note"
    ]


@pytest.mark.parametrize(
    "place",
    [
        "group_vars/all.yml",
        "group_vars/all",
        "group_vars/all/pip.yml",
        "group_vars/web.yml",
        "host_vars/a.yml",
        "vars/pip.yaml",
        "vars.yml",
        "inventories/prod/group_vars/all.yml",
        "roles/common/defaults/main.yml",
        "roles/common/vars/main.yml",
        "roles/common/vars/Debian.yml",
    ],
)
def test_a_host_is_known_from_wherever_ansible_looks(tree, place):
    tree(**{TEMPLATE: TRUSTED, place: HOST})
    assert found() == [("trusted-host", TEMPLATE, 2)]


@pytest.mark.parametrize(
    "place",
    [
        "roles/other/defaults/main.yml",
        "roles/common/meta/main.yml",
        "roles/common/files/main.yml",
        "group_vars/.all.yml.swp",
        "group_vars/all.txt",
    ],
)
def test_what_is_not_in_force_is_not_known(tree, place):
    tree(**{TEMPLATE: TRUSTED, place: HOST})
    assert found() == []


@pytest.mark.parametrize("place", ["site.yml", "playbooks/site.yml"])
def test_what_a_play_sets_is_known_in_its_roles(tree, place):
    play = "- hosts: all\n  vars:\n    nexus_ip: {}\n  roles: [common]\n"
    tree(**{TEMPLATE: TRUSTED, place: play.format("nexus.corp.example")})
    assert found() == [("trusted-host", TEMPLATE, 2)]
    tree(**{place: play.format("localhost")})
    assert found() == []


LISTED = "[global]\ntrusted-host = {{ nexus_hosts | default([]) | join(' ') }}\n"
LOOPED = "[global]\n{% for one in nexus_hosts %}\ntrusted-host = {{ one }}\n{% endfor %}\n"
SEVERAL = "nexus_hosts:\n  - localhost\n  - a.corp.example\n"


@pytest.mark.parametrize(("text", "line"), [(LISTED, 2), (LOOPED, 3)])
def test_a_list_that_is_joined_or_gone_through_is_known(tree, text, line):
    tree(**{TEMPLATE: text, "group_vars/all.yml": SEVERAL})
    assert found() == [("trusted-host", TEMPLATE, line)]


@pytest.mark.parametrize("text", [LISTED, LOOPED])
@pytest.mark.parametrize("value", ["[]", "[localhost, 127.0.0.1]", "[{host: a.corp.example}]"])
def test_a_list_without_a_host_of_others_is_silent(tree, text, value):
    tree(**{TEMPLATE: text, "group_vars/all.yml": f"nexus_hosts: {value}\n"})
    assert found() == []


def test_a_list_under_a_name_of_pips_own_is_told_where_it_is_used(tree):
    text = "[global]\ntrusted-host = {{ pip_trusted_hosts | join('\\n    ') }}\n"
    hosts = "pip_trusted_hosts: [a.corp.example]\n"
    tree(**{TEMPLATE: text, "roles/common/defaults/main.yml": hosts})
    assert found() == [("trusted-host", TEMPLATE, 2)]


def test_a_section_of_pips_is_told_where_it_is_defined_and_not_again(tree):
    text = "[global]\ntrusted-host = {{ pip_conf.global.trusted_host | join(' ') }}\n"
    hosts = "pip_conf:\n  global:\n    trusted_host: [a.corp.example]\n"
    tree(**{TEMPLATE: text, "roles/common/defaults/main.yml": hosts})
    assert found() == [("trusted-host", "roles/common/defaults/main.yml", 3)]


def test_a_list_that_is_not_joined_is_not_put_in(tree):
    tree(**{TEMPLATE: TRUSTED, "group_vars/all.yml": "nexus_ip: [a.corp.example]\n"})
    assert found() == []


def test_loopback_and_what_nobody_defines_are_silent(tree):
    tree(**{TEMPLATE: TRUSTED, "roles/common/templates/b/pip.conf.j2": TRUSTED})
    assert found() == []
    tree(**{"group_vars/all.yml": HERE})
    assert found() == []


@pytest.mark.parametrize(
    ("files", "is_told"),
    [
        ({"roles/common/vars/main.yml": HERE, "group_vars/all.yml": HOST}, False),
        ({"group_vars/all.yml": HERE, "roles/common/defaults/main.yml": HOST}, False),
        ({"group_vars/dev.yml": HERE, "roles/common/defaults/main.yml": HOST}, True),
        ({"group_vars/dev.yml": HERE, "group_vars/prod.yml": HOST}, True),
        ({"roles/common/vars/main.yml": HOST, "group_vars/all.yml": HERE}, True),
    ],
)
def test_the_value_is_one_that_the_tree_uses(tree, files, is_told):
    tree(**{TEMPLATE: TRUSTED}, **files)
    assert bool(found()) is is_told


def test_an_index_is_told_where_it_is_defined_and_not_again(tree):
    tree(
        **{
            TEMPLATE: "[global]\nindex-url = {{ nexus_pypi_url }}\ntrusted-host = {{ nexus_ip }}\n",
            "roles/a/templates/pip.conf.j2": "[global]\nindex-url = http://{{ nexus_ip }}/simple\n",
            "roles/a/tasks/main.yml": "- pip:\n    name: billing\n"
            '    extra_args: "-i {{ nexus_pypi_url }} --trusted-host {{ nexus_ip }}"\n',
            "group_vars/all.yml": HOST + 'nexus_url: "http://{{ nexus_ip }}:8081"\n'
            'nexus_pypi_url: "{{ nexus_url }}/repository/pypi-proxy/simple"\n'
            'apt_url: "{{ nexus_url }}/repository/apt/"\n',
        }
    )
    assert sorted(found()) == [
        ("insecure-index", "group_vars/all.yml", 3),
        ("insecure-index", "roles/a/templates/pip.conf.j2", 2),
        ("trusted-host", "roles/a/tasks/main.yml", 3),
        ("trusted-host", TEMPLATE, 3),
    ]


def test_an_index_from_a_file_that_is_not_linted_is_told_where_it_is_used(tree):
    tree(
        **{
            TEMPLATE: "[global]\nindex-url = {{ pypi_url }}\n",
            "roles/common/vars/main": "pypi_url: http://nexus.corp.example/simple\n",
        }
    )
    assert found() == [("insecure-index", TEMPLATE, 2)]


def test_a_file_is_read_for_what_its_values_make_of_it(tree):
    tree(
        **{
            TEMPLATE: "[global]\nindex-url = {{ nexus_url }}/packages/\n",
            "group_vars/all/nexus.yml": "nexus_url: http://nexus.corp.example\n",
            "group_vars/all/pip.yml": 'packages: "{{ nexus_url }}/repository/python/simple"\n',
        }
    )
    assert found() == [
        ("insecure-index", "group_vars/all/pip.yml", 1),
        ("insecure-index", TEMPLATE, 2),
    ]


def test_a_ca_is_fetched_from_and_to_what_the_defaults_say(tree):
    tree(
        **{
            "roles/cache/defaults/main.yml": "proxy_url: \"http://{{ groups['cache'][0] }}:3128\"\n"
            "ca_client_crt: /usr/local/share/ca-certificates/cache.crt\n",
            "roles/cache/tasks/client.yml": "- name: get it\n  get_url:\n"
            '    url: "{{ proxy_url }}/ca.crt"\n    dest: "{{ ca_client_crt }}"\n',
        }
    )
    assert found() == [("stale-ca-url", "roles/cache/tasks/client.yml", 3)]


def test_a_ca_that_a_handler_takes_up_is_taken_up(tree):
    tree(
        **{
            "roles/ca/defaults/main.yml": "ca: /usr/local/share/ca-certificates/corp.crt\n",
            "roles/ca/tasks/main.yml": "- command: id\n- copy:\n    src: corp.crt\n"
            '    dest: "{{ ca }}"\n  notify: refresh\n',
        }
    )
    assert found() == []


def test_a_name_that_gets_its_value_later_is_not_known(tree):
    loop = "{% for nexus_ip in hosts %}\n[global]\ntrusted-host = {{ nexus_ip }}\n{% endfor %}\n"
    tree(**{TEMPLATE: loop, "group_vars/all.yml": HOST})
    assert found() == []


def test_a_secret_is_not_put_in(tree):
    url = (
        "[global]\nindex-url = https://{{ user }}:{{ nexus_password }}@nexus.corp.example/simple\n"
    )
    tree(**{TEMPLATE: url, "group_vars/all.yml": "user: ada\nnexus_password: s3cr3t-w0rd\n"})
    assert found() == []


def test_a_file_that_is_named_belongs_to_the_tree_it_lies_in(tree):
    folder = tree(**{TEMPLATE: TRUSTED, "group_vars/all.yml": HOST})
    assert found(TEMPLATE) == [("trusted-host", TEMPLATE, 2)]
    assert [one[0] for one in found(str(folder / TEMPLATE))] == ["trusted-host"]


def test_what_lies_outside_of_the_tree_is_not_read(tree, tmp_path):
    tree(**{TEMPLATE: TRUSTED, "group_vars/all.yml": HOST})
    assert found("roles") == []


def test_a_link_that_leads_out_is_not_followed(tree, tmp_path):
    tree(**{"in/" + TEMPLATE: TRUSTED, "out/all.yml": HOST, "in/group_vars/.keep": ""})
    link = tmp_path / "in/group_vars/all"
    link.symlink_to(tmp_path / "out/all.yml")
    assert found("in") == []
    link.unlink()
    tree(**{"in/host.yml": HOST})
    link.symlink_to(tmp_path / "in/host.yml")
    assert found("in") == [("trusted-host", "in/" + TEMPLATE, 2)]


def test_a_folder_that_links_to_itself_and_a_pipe_hold_nobody_up(tree, tmp_path):
    tree(**{TEMPLATE: TRUSTED, "group_vars/web.yml": HOST})
    (tmp_path / "group_vars/again").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "group_vars/all")
    assert found() == [("trusted-host", TEMPLATE, 2)]


@pytest.mark.parametrize(
    "text",
    [
        HOST + "#" * (1 << 20),
        "{ broken: [\n" + HOST,
        "$ANSIBLE_VAULT;1.1;AES256\n3132\n",
        "nexus_ip: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3132\n",
        "nexus_ip: [nexus.corp.example]\n",
        "nexus_ip: {{ nexus_ip }}\n",
        'nexus_ip: "{{ a }}"\na: "{{ nexus_ip }}"\n',
        "\x00\x01",
        "nexus_ip: a" + "".join("{{ v }}" for _ in range(200)) + "\nv: abc\n",
        "",
    ],
)
def test_a_file_that_says_nothing_is_passed_over(tree, text):
    tree(**{TEMPLATE: TRUSTED, "group_vars/all": text})
    assert found() == []


def test_values_that_double_end_somewhere(tree):
    doubled = "".join(f'v{n}: "{{{{ v{n + 1} }}}}{{{{ v{n + 1} }}}}"\n' for n in range(60))
    tree(**{TEMPLATE: TRUSTED, "group_vars/all": f'nexus_ip: "{{{{ v0 }}}}"\n{doubled}v60: a\n'})
    assert found() == []


def test_each_file_is_read_once_and_only_for_what_holds_a_name(tree, monkeypatch):
    opened = []
    read = yaml_tree.read
    monkeypatch.setattr(yaml_tree, "read", lambda text: opened.append(text.text) or read(text))
    tree(**{TEMPLATE: TRUSTED.replace("{{ nexus_ip }}", "a.corp.example"), "group_vars/all": HOST})
    found()
    assert opened == []
    more = {f"roles/r{n}/templates/pip.conf.j2": TRUSTED for n in range(20)}
    tree(**more, **{"chart/templates/x.yaml": "a: {{ .Values.b }}\n"})
    assert len(found()) == 21
    assert opened == [HOST]


def test_fix_changes_nothing_that_a_value_was_put_into(tree):
    tree(
        **{
            TEMPLATE: "[global]\nindex-url = {{ scheme }}://pypi.org/simple\n"
            "trusted-host = {{ public }}\n    {{ more }}\n",
            "roles/ca/tasks/main.yml": "- copy:\n    src: x.pem\n"
            '    dest: "/usr/local/share/ca-certificates/{{ name }}.pem"\n',
            "group_vars/all": "scheme: http\npublic: pypi.org\nmore: files.pythonhosted.org\n"
            "name: a-name-that-is-longer-than-the-place-it-has\n",
        }
    )
    done = survey(fix=True)
    assert {one.fault.rule for one in done.report.findings} >= {
        "insecure-index",
        "trusted-public-host",
        "ca-wrong-extension",
    }
    assert done.changes == ()


def test_fix_still_mends_what_stands_beside_a_value(tree):
    tree(
        **{
            TEMPLATE: "[global]\ntimeout = {{ timeout }}\ntrusted-host = pypi.org\nretries = 2\n",
            "group_vars/all": "timeout: 9\n",
        }
    )
    (change,) = survey(fix=True).changes
    assert change.after.decode() == "[global]\ntimeout = {{ timeout }}\nretries = 2\n"
