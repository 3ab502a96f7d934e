"""Readers never raise, whatever they are given, and every place they name lies in the file."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from certmend import registry
from certmend.judge.linting import engine
from certmend.model.document import Assignment, Command, Copied, Key
from certmend.model.plugin import FileKind
from certmend.observe import kinds, tree

KINDS = registry.load("certmend.observe.files", FileKind)
EVERY = engine.chosen((), ())
PIECES = st.sampled_from(
    [
        "pip install --trusted-host ", "x.corp.example", "RUN ", "ENV ", "FROM a AS b\n", "\n", " ",
        "\t", "\\\n", "\\", "'", '"', "$", "${", "}", "{", "$(", ")", "(", "`", "#", "<<EOF\n", "EOF",
        "- ", ": ", "|\n  ", "[", "]", "=", "[[", ",", "{{ x }}", "${{ env.A }}", "&&", ";", "|", ">",
        "PIP_TRUSTED_HOST", "verify=False", "import requests\n", "requests.get(", "trusted-host",
        "[global]\n", "é", "\udcff", "\r\n", "\0", "http://", "@", "env:\n", "run: ", "%", "^", "$env:",
        "COPY a.pem /usr/local/share/ca-certificates/\n", "# certmend: ignore[", "!", "\ufeff", "'''",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(text=TEXTS)
@example(text=" \udcff")
@settings(max_examples=40)
def test_no_text_makes_a_reader_or_a_rule_raise(kind, text):
    document = tree.read("x", kind, text.encode("utf-8", "surrogateescape"))
    for entry in document.entries:
        assert 0 <= entry.span.start <= entry.span.end <= len(document.text) + 1
    for one in engine.lint(document, EVERY, date(2026, 11, 26)):
        assert 1 <= one.line <= document.text.count("\n") + 1


def entries(target: str, text: str, kind):
    found = kinds.by_name(target)
    document = tree.read(target, found, text.encode())
    return document, [entry for entry in document.entries if isinstance(entry, kind)]


def test_words_of_a_shell_stand_where_they_are_written():
    text = "pip install \\\n  --trusted-host 'a b'$X\"c\" d\n"
    document, (command,) = entries("x.sh", text, Command)
    assert [word.text for word in command.words] == [
        "pip",
        "install",
        "--trusted-host",
        "a b$Xc",
        "d",
    ]
    assert document.position(command.words[2].span.start) == (2, 3)
    assert command.words[3].dynamic


def test_a_command_runs_in_the_folder_that_cd_named_and_writes_to_what_one_is_sent_to():
    script = b"cd /a\npushd b\nrun 2>/dev/null >out\npopd\nmake\ncd $X\nmake\n"
    document = tree.read("x.sh", kinds.by_name("x.sh"), script)
    commands = [one for one in document.entries if isinstance(one, Command)]
    ran = [(one.words[0].text, one.folder) for one in commands if one.words[0].text != "cd"]
    assert ran == [("pushd", "/a"), ("run", "/a/b"), ("popd", "/a/b"), ("make", "/a"), ("make", "")]
    assert [one.path(one.output.text) for one in commands if one.output] == ["/a/b/out"]


def test_a_variable_points_to_its_definition():
    text = 'HOST=a.example\npip install --trusted-host "$HOST"\n'
    document, commands = entries("x.sh", text, Command)
    value = commands[-1].words[-1]
    assert value.text == "a.example"
    assert document.position(value.place().start) == (1, 6)


@pytest.mark.parametrize(
    ("target", "first", "line", "last"),
    [
        ("x.sh", "X=aa\n", 'X="$X$X"\n', "echo $X\n"),
        ("x.sh", "X=aa\n", "for X in $X $X; do :; done\n", "echo $X\n"),
        ("Dockerfile", "FROM a\nENV X=aa\n", "ENV X=$X$X\n", "RUN echo $X\n"),
        ("Dockerfile", "FROM a\n", "ARG X=${X:-a.corp.example}${X}\n", "RUN echo $X\n"),
        ("x.sh", "X=aa\n", 'X="${Y:-$X$X}${Z:-$X$X}"\n', "echo $X\n"),
        ("Makefile", "X = aa\n", "X := $(X)$(X)\n", "all:\n\techo $(X)\n"),
        ("x.bat", "set X=aa\n", "set X=%X%%X%\n", "echo %X%\n"),
    ],
)
def test_a_variable_that_doubles_itself_ends_somewhere(target, first, line, last):
    _, found = entries(target, first + line * 60 + last, Assignment)
    assert max(len(one.value.text) for one in found) < 300_000


def test_a_value_that_is_too_long_is_put_in_nowhere():
    doubled = "ARG X=0123456789\n" + "ARG X=$X$X\n" * 10
    named = "".join(f"ENV Y{number}=$X\n" for number in range(200))
    _, found = entries("Dockerfile", f"FROM a\n{doubled}{named}", Assignment)
    assert sum(len(one.value.text) for one in found) < 50_000
    assert found[-1].value.text == "$X"


def test_a_script_that_runs_itself_many_times_ends():
    text = f'X=\'eval "{"$X; " * 12}"; pip install billing\'\neval "$X"\n'
    _, found = entries("x.sh", text, Command)
    assert 0 < len(found) < 50_000


def test_a_docker_stage_inherits_env_and_not_arg():
    text = "FROM a AS one\nARG X=1\nENV Y=2\nFROM one\nRUN echo $X $Y\n"
    _, (command,) = entries("Dockerfile", text, Command)
    assert [word.text for word in command.words] == ["echo", "$X", "2"]
    assert set(command.environment) == {"Y"}


def test_an_escape_directive_changes_the_escape():
    text = "# escape=`\nFROM a\nRUN echo a `\n  b\nCOPY c.txt C:\\d\\\n"
    _, (command,) = entries("Dockerfile", text, Command)
    assert [word.text for word in command.words] == ["echo", "a", "b"]


def test_yaml_blocks_keep_lines_and_columns():
    text = "jobs:\n  a:\n    steps:\n      - run: |\n          one\n          pip install x\n"
    document, commands = entries(".github/workflows/a.yml", text, Command)
    assert document.position(commands[1].span.start) == (6, 11)


def test_yaml_with_templates_is_read_and_keeps_them():
    text = "- shell: pip install {{ x }}\n  {% if y %}\n  when: {{ z }}\n"
    _, commands = entries("play.yml", text, Command)
    assert [word.text for word in commands[0].words] == ["pip", "install", "{{ x }}"]


def test_a_schema_among_yaml_documents_is_passed_over():
    schema = "kind: CustomResourceDefinition\nspec:\n  script: pip install schema\n"
    text = f"script: pip install a\n---\n{schema}---\nscript: pip install b\n"
    document, commands = entries("all.yml", text, Command)
    assert [command.words[-1].text for command in commands] == ["a", "b"]
    assert document.position(commands[1].span.start) == (7, 9)


def test_texts_that_python_puts_together_keep_their_places():
    text = (
        "import os\n"
        'first = f"pip install {name} "  # one\n'
        'line = (first + "a "\n'
        "        r'b' \"\\tc\")\n"
        "os.system(line)\n"
    )
    document, commands = entries("x.py", text, Command)
    words = [word for command in commands for word in command.words]
    assert [word.text for word in words] == ["pip", "install", "{name}", "{first}a", "b", "c"]
    assert document.position(words[2].place().start) == (2, 23)
    assert [document.position(word.place().start) for word in words[4:]] == [(4, 11), (4, 17)]


def test_what_a_python_program_prints_or_compares_is_no_command():
    text = (
        'hint = "pip install a b"\nprint(hint)\n'
        'assert made == ["pip", "install", "c"]\n'
        'row = [("--trusted-host", 1), ("pip install", None)]\n'
    )
    assert entries("x.py", text, Command)[1] == []


def test_toml_arrays_of_tables_are_numbered():
    text = '[[tool.uv.index]]\nurl = "https://a"\n[[tool.uv.index]]\nurl = "https://b"\n'
    _, keys = entries("pyproject.toml", text, Key)
    assert [key.path for key in keys] == [
        ("tool", "uv", "index", "0", "url"),
        ("tool", "uv", "index", "1", "url"),
    ]


def test_ini_values_go_on_in_indented_lines():
    _, (key,) = entries("pip.conf", "[global]\ntrusted-host = a\n    b\n\n", Key)
    assert [value.text for value in key.values] == ["a", "b"]


def test_copy_in_json_form():
    _, (copied,) = entries("Dockerfile", 'FROM a\nCOPY ["a b.crt", "/x/"]\n', Copied)
    assert copied.sources[0].text == "a b.crt"


def test_utf_16_files_of_powershell_are_read():
    content = "$env:PIP_TRUSTED_HOST = 'a.example'\r\n".encode("utf-16")
    document = tree.read("x.ps1", kinds.by_name("x.ps1"), content)
    (found,) = [e for e in document.entries if isinstance(e, Assignment)]
    assert found.value.text == "a.example"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("Dockerfile", "dockerfile"),
        ("docker/Dockerfile.gpu", "dockerfile"),
        ("web.dockerfile", "dockerfile"),
        ("Containerfile", "dockerfile"),
        ("a/.github/workflows/ci.yaml", "github-actions"),
        (".gitlab-ci.yml", "gitlab-ci"),
        ("requirements/dev.txt", "requirements"),
        ("dev-requirements.txt", "requirements"),
        ("notes.txt", None),
        ("README.md", None),
        ("docs/dockerfile_stages.rst", None),
        ("docker/Dockerfile.MD", None),
        ("deploy/compose.prod.yaml", "compose"),
        ("ci/Jenkinsfile", "jenkinsfile"),
        ("GNUmakefile", "makefile"),
        ("PIP.INI", "pip-conf"),
        (".env.production", "dotenv"),
        ("x.ipynb", "notebook"),
        ("roles/x/templates/pip.conf.j2", "pip-conf"),
        ("setup.sh.tmpl", "shell"),
        ("notes.j2", None),
    ],
)
def test_kinds_by_name(path, name):
    kind = kinds.by_name(path)
    assert (kind.name if kind else None) == name


def test_kinds_by_the_first_line():
    assert kinds.by_first_line(b"#!/usr/bin/env -S python3.11 -u\n").name == "python"
    assert kinds.by_first_line(b"#!/bin/bash\n").name == "shell"
    assert kinds.by_first_line(b"#!/usr/bin/perl\n") is None
    for line in (b"FROM centos:7\n", b"FROM ${BASE} AS build\r\n", b"FROM a.b:5000/c@sha256:0\n"):
        assert kinds.by_first_line(line).name == "dockerfile"
    for line in (b"#cloud-config\r\n", b"## template: jinja\n"):
        assert kinds.by_first_line(line).name == "yaml"
    for line in (
        b"#cloud-config of the lab\n",
        b"FROM me to you\n",
        b"From: somebody\n",
        b"SELECT 1 FROM x\n",
    ):
        assert kinds.by_first_line(line) is None


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("train.slurm", True),
        ("hpc/node.SUB", True),
        ("templates/start.j2", True),
        ("user-data.txt", True),
        ("bin/start", True),
        ("data.csv", False),
        ("a.b/pipeline.cfg", False),
    ],
)
def test_a_first_line_is_looked_at_where_it_may_tell(path, told):
    assert kinds.may_be_told(path) is told
