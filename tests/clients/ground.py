"""The ground that clients are tried on: an index on loopback, two CAs, a home and a project."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import knobs
import real
from environments import Installed
from knobs import Knob

from certmend.lab.front import Front
from certmend.lab.pki import Authority
from certmend.lab.registry import Registry, pypi
from certmend.lab.wheels import BILLING


class Started(NamedTuple):
    """What a client is started with."""

    variables: dict[str, str]
    arguments: list[str]


class Ground:
    """An index whose CA is in one bundle and not in the other."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home, self.project = root / "home", root / "project"
        right, wrong = Authority.root("Right Root CA"), Authority.root("Wrong Root CA")
        self.right_der = right.der
        self.right, self.wrong = root / "right.pem", root / "wrong.pem"
        self.right.write_text(right.pem)
        self.wrong.write_text(wrong.pem)
        self.folders = {
            self.right: knobs.hashed(right, root / "right"),
            self.wrong: knobs.hashed(wrong, root / "wrong"),
        }
        self.wheel = root / BILLING.name
        self.wheel.write_bytes(BILLING.content)
        self._registry = Registry(pypi(root / "packages", BILLING))
        self._front = Front(self._registry.port, right.leaf("localhost"))
        self.url = f"https://localhost:{self._front.port}/simple/"

    def close(self) -> None:
        self._front.stop()
        self._registry.stop()

    @contextmanager
    def turned(
        self, client: Installed, chosen: list[tuple[Knob, bool | None]]
    ) -> Iterator[Started]:
        """The home and project folders with these settings, made anew."""
        for folder in (self.home, self.project):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        bundles = {True: self.right, False: self.wrong, None: None}
        settings = [(knob, bundles[good]) for knob, good in chosen]
        made = knobs.turn(settings, self.folders, self._front.port)
        knobs.write(made, self.root, real.project(client, self.url, self.project))
        yield Started({**self.clean(client), **made.variables}, made.arguments)

    def clean(self, client: Installed) -> dict[str, str]:
        """An environment in which nothing is set, and nothing beyond loopback is reached."""
        programs = str(Path(client.program).parent)
        away = "http://127.0.0.1:9"
        return {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home),
            "PIP_CONFIG_FILE": str(self.home / "pip.conf"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "npm_config_globalconfig": str(self.root / "no-npmrc"),
            "PDM_CHECK_UPDATE": "0",
            "PIPENV_VENV_IN_PROJECT": "0",
            "UV_HTTP_RETRIES": "0",
            "UV_PYTHON_DOWNLOADS": "never",
            "LC_ALL": "C.UTF-8",
            "https_proxy": away,
            "no_proxy": "localhost,127.0.0.1",
        }
