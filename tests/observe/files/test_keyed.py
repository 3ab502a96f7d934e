"""Configuration files become flat entries with their lines."""

import pytest

from certmend.observe.files import keyed


def entries(tmp_path, form, text, **environment):
    path = tmp_path / "file"
    path.write_text(text)
    return {one.key: (one.value, one.line) for one in keyed.read(str(path), form, environment)}


def test_toml_tables_lists_and_switches(tmp_path):
    text = '[tool.uv]\nnative-tls = true\n\n[[tool.uv.index]]\nname = "a"\n[[tool.uv.index]]\nname = "b"\nhosts = ["x", "y"]\n'
    assert entries(tmp_path, "toml", text) == {
        "tool.uv.native-tls": ("true", 2),
        "tool.uv.index.0.name": ("a", 5),
        "tool.uv.index.1.name": ("b", 7),
        "tool.uv.index.1.hosts": ("x y", 8),
    }


def test_ini_sections_and_comments(tmp_path):
    text = "; no\n[global]\nCert: /a b.pem\n# no\nindex-url = https://h/?a=b\n  more\n"
    assert entries(tmp_path, "ini", text) == {
        "global.cert": ("/a b.pem", 3),
        "global.index-url": ("https://h/?a=b", 5),
    }


def test_git_sections_with_a_url_and_a_bare_key(tmp_path):
    text = '[http "https://h:1/"]\n\tsslCAInfo = "/a.pem"\n[http]\n\tsslVerify = false\n\tempty\n'
    assert entries(tmp_path, "git", text) == {
        "http.https://h:1/.sslcainfo": ("/a.pem", 2),
        "http.sslverify": ("false", 4),
        "http.empty": ("true", 5),
    }


def test_npmrc_replaces_variables(tmp_path):
    text = "cafile=${HOME}/ca.pem\n//host/:_authToken=${NONE}\nca[]=x\nstrict-ssl = false\n"
    assert entries(tmp_path, "npmrc", text, HOME="/h") == {
        "cafile": ("/h/ca.pem", 1),
        "//host/:_authToken": ("${NONE}", 2),
        "ca": ("x", 3),
        "strict-ssl": ("false", 4),
    }


@pytest.mark.parametrize("line", ['cacert = "/a.pem"', "--cacert /a.pem", "cacert:/a.pem"])
def test_curlrc_in_its_spellings(tmp_path, line):
    assert entries(tmp_path, "curlrc", f"# no\n{line}\ninsecure\n-k\n") == {
        "cacert": ("/a.pem", 2),
        "insecure": ("true", 4),
    }


def test_yaml_at_the_top(tmp_path):
    text = "ssl_verify: '/a.pem'  # why\nchannels:\n  - one\n"
    assert entries(tmp_path, "yaml", text) == {"ssl_verify": ("/a.pem", 1), "channels": ("one", 3)}


@pytest.mark.parametrize("form", ["toml", "ini", "git", "npmrc", "curlrc", "yaml"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[[[[", b"=\n==\n[x", b"\0" * 99])
def test_what_cannot_be_read_gives_nothing_and_no_error(tmp_path, form, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert isinstance(keyed.read(str(path), form, {}), tuple)


def test_a_path_that_is_none_is_not_there():
    assert keyed.read("/no\0where", "toml", {}) == ()
    assert not keyed.exists("/no\0where")
    assert not keyed.exists("/")


def test_a_comment_behind_a_value_is_no_part_of_it(tmp_path):
    git = '[http]\n\tsslCAInfo = /a.pem ; old\n\tproxy = "http://h/#x" # c\n'
    assert entries(tmp_path, "git", git) == {
        "http.sslcainfo": ("/a.pem", 2),
        "http.proxy": ("http://h/#x", 3),
    }
    npmrc = 'cafile=/a.pem # old\nregistry="https://h/;x" ; c\n'
    assert entries(tmp_path, "npmrc", npmrc) == {
        "cafile": ("/a.pem", 1),
        "registry": ("https://h/;x", 2),
    }
    curlrc = 'cacert = "/a b.pem" # old\n--proxy http://h/ # c\n'
    assert entries(tmp_path, "curlrc", curlrc) == {
        "cacert": ("/a b.pem", 1),
        "proxy": ("http://h/", 2),
    }
