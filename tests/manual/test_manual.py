"""The manual pages: whole, right for two formatters, and in the wheel."""

import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from certmend.cli import cli
from manual import roff
from manual.pages import pages
from manual.writing import write

PROJECT = Path(__file__).parents[2]
FORBIDDEN = (
    "ahocorasick_rs",
    "certifi",
    "cryptography",
    "packaging",
    "pathspec",
    "OpenSSL",
    "yaml",
    "rich",
    "urllib3",
)
"""certmend's dependencies that a build does not install."""
PLAIN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("man1")
    write(folder)
    return folder


def need(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def shown(page: Path) -> str:
    done = subprocess.run(
        [need("mandoc"), "-T", "utf8", str(page)], capture_output=True, text=True, check=True
    )
    return subprocess.run(
        ["col", "-bx"], input=done.stdout, capture_output=True, text=True, check=True
    ).stdout


def walk(group: click.Group, context: click.Context, name: str):
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        yield f"{name}-{word}", command
        if isinstance(command, click.Group):
            yield from walk(command, context, f"{name}-{word}")


COMMANDS = dict(walk(cli, click.Context(cli), "certmend"))


def test_every_command_has_a_page_and_there_is_no_other(made):
    assert {page.stem for page in made.iterdir()} == {"certmend", *COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_it_shows_every_option_as_it_is_typed(name, made):
    text = shown(made / f"{name}.1")
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert all(word in text for word in parameter.opts)
    assert "–" not in text
    assert "\N{MINUS SIGN}" not in text


def test_examples_keep_their_lines_and_can_be_pasted(made):
    text = shown(made / "certmend-lint.1")
    assert "certmend lint --format sarif > certmend.sarif\n" in text
    assert 'eval "$(certmend env --shell bash)"' in shown(made / "certmend-env.1")
    assert "~/.config/fish/completions/certmend.fish" in shown(made / "certmend-completion.1")


def test_the_exit_status_is_a_section(made):
    assert "EXIT STATUS\n       0 no findings" in shown(made / "certmend-lint.1")


def test_mandoc_finds_nothing_to_warn_of(made):
    done = subprocess.run(
        [need("mandoc"), "-T", "lint", "-W", "warning", *map(str, made.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_groff_finds_nothing_to_warn_of(made):
    need("man")
    need("groff")
    for page in made.iterdir():
        done = subprocess.run(
            ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", str(page)],
            env=PLAIN,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""


def test_no_text_is_taken_for_a_request(tmp_path):
    """A help text may begin with a dot, hold backslashes, quotes and several paragraphs."""

    @click.command(help=".so /etc/passwd\n\n'quoted \\fB \\n and\n\n\b\n.TH x\n  it's `~^` \\\\end")
    @click.option("--a-b", metavar=".FILE", help=".br \\(aq `--x\\y` -z end-of-line")
    def odd() -> None:
        """Only its help matters."""

    for name, text in pages(odd, "1", "2026-01-01"):
        (tmp_path / name).write_text(text)
    text = shown(tmp_path / "odd.1")
    for line in (".so /etc/passwd", "'quoted \\fB \\n and", ".TH x", "  it's `~^` \\\\end"):
        assert line in text
    assert "--a-b .FILE\n" in text
    assert ".br \\(aq --x\\y -z end-of-line" in text


def test_prose_marks_options_and_what_is_typed():
    assert roff.prose("see `a-b` and --fix, a well-known one") == (
        r"see \fB\%a\-b\fR and \fB\%\-\-fix\fR, a well-known one"
    )


def test_the_wheel_brings_them_to_where_man_looks(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    words = (
        "--no-deps",
        "--no-index",
        "--quiet",
        "--ignore-installed",
        "--prefix",
        str(tmp_path / "here"),
        str(wheel),
    )
    subprocess.run([sys.executable, "-m", "pip", "install", *words], check=True, timeout=60)
    found = subprocess.run(
        [need("man"), "-M", str(tmp_path / "here/share/man"), "-w", "certmend-bundle-rotate"],
        env=PLAIN,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip().endswith("share/man/man1/certmend-bundle-rotate.1")


def test_they_need_nothing_but_what_the_build_installs():
    """`build-system.requires` names click and msgspec: all commands are imported for the pages."""
    code = (
        "import sys\n"
        "class Only:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name in {FORBIDDEN!r}: raise ImportError(name)\n"
        "sys.meta_path.insert(0, Only())\n"
        "from manual.pages import pages\n"
        "from certmend.cli import cli\n"
        "assert len(list(pages(cli, '1', '2026-01-01'))) > 20\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
