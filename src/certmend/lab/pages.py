"""Applications that answer as a registry may and pypiserver does not."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime

from certmend.lab.registry import App, Environ, Start
from certmend.lab.wheels import Wheel

_HTML = "text/html; charset=utf-8"
_SIMPLE_JSON = "application/vnd.pypi.simple.v1+json"
_ARTIFACTORY = {"X_JFrog_Version": "Artifactory/7.98.2 79802900", "X_Artifactory_Id": "lab"}
_LOGIN = """<!DOCTYPE html>
<html><head><title>Sign in</title></head><body><h1>Corp single sign-on</h1>
<form action="/login" method="post"><input name="user"><input name="password" type="password">
<button>Sign in</button></form></body></html>
"""


def answering(status: str, body: bytes = b"", content_type: str = _HTML, **headers: str) -> App:
    """The same answer to everything; `headers` with underscores for dashes."""
    fields = [(name.replace("_", "-"), value) for name, value in headers.items()]

    def app(_: Environ, start: Start) -> Iterable[bytes]:
        start(status, [("Content-Type", content_type), ("Content-Length", str(len(body))), *fields])
        return [body]

    return app


def login_page() -> App:
    """A form to sign in with status 200, whatever was asked for."""
    return answering("200 OK", _LOGIN.encode())


def published(files: Mapping[str, bytes]) -> App:
    """Files by name, such as a revocation list; what is added later is served too."""

    def app(environ: Environ, start: Start) -> Iterable[bytes]:
        found = files.get(environ["PATH_INFO"].strip("/"))
        if found is None:
            return answering("404 Not Found")(environ, start)
        return answering("200 OK", found, "application/octet-stream")(environ, start)

    return app


def redirecting(base: str) -> App:
    """A redirect of every path to the same path below `base`, a URL without a final slash."""

    def app(environ: Environ, start: Start) -> Iterable[bytes]:
        return answering("302 Found", Location=base + environ["PATH_INFO"])(environ, start)

    return app


def without_root(app: App) -> App:
    """404 for the index's root and working package pages, as Artifactory answers."""
    missing = answering("404 Not Found", b"{}", "application/json", **_ARTIFACTORY)

    def rootless(environ: Environ, start: Start) -> Iterable[bytes]:
        asked = missing if environ["PATH_INFO"].rstrip("/") == "/simple" else app
        return asked(environ, start)

    return rootless


def links_to(base: str, wheels: Sequence[Wheel]) -> App:
    """A simple index (PEP 503) whose file links are `base` + the file's name, on any host."""

    def page(names: Sequence[str], files: Sequence[Wheel]) -> bytes:
        links = [f'<a href="{name}/">{name}</a>' for name in names]
        links += [f'<a href="{base}{one.name}#sha256={one.sha256}">{one.name}</a>' for one in files]
        return f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode()

    return _index(wheels, page, _HTML)


def as_json(wheels: Sequence[Wheel]) -> App:
    """A simple index in JSON alone (PEP 691), whose files are on the same host."""

    def page(names: Sequence[str], files: Sequence[Wheel]) -> bytes:
        answer: dict[str, object] = {"meta": {"api-version": "1.0"}}
        if files:
            answer["name"] = files[0].project
            answer["files"] = [_file(one) for one in files]
        else:
            answer["projects"] = [{"name": name} for name in names]
        return json.dumps(answer).encode()

    return _index(wheels, page, _SIMPLE_JSON)


def at_time(app: App, moment: datetime) -> App:
    """The same application with another `Date`: a server whose clock says `moment` (UTC)."""
    stated = ("Date", format_datetime(moment, usegmt=True))

    def dated(environ: Environ, start: Start) -> Iterable[bytes]:
        def begin(status: str, fields: list[tuple[str, str]], *rest: object) -> object:
            return start(status, [*fields, stated], *rest)

        return app(environ, begin)

    return dated


def _file(wheel: Wheel) -> dict[str, object]:
    url = f"/files/{wheel.name}"
    return {"filename": wheel.name, "url": url, "hashes": {"sha256": wheel.sha256}}


def _index(
    wheels: Sequence[Wheel],
    page: Callable[[Sequence[str], Sequence[Wheel]], bytes],
    content_type: str,
) -> App:
    """A simple index: its root, the page of each project, and the files below /files/."""

    def app(environ: Environ, start: Start) -> Iterable[bytes]:
        folder, _, name = environ["PATH_INFO"].strip("/").partition("/")
        if folder == "files":
            found = [one for one in wheels if one.name == name]
            answer = answering("200 OK", found[0].content, "application/zip") if found else None
        else:
            files = [one for one in wheels if one.project == name]
            names = sorted({one.project for one in wheels})
            body = page(() if name else names, files)
            answer = None if name and not files else answering("200 OK", body, content_type)
        return (answer or answering("404 Not Found"))(environ, start)

    return app
