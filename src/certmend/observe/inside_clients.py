"""Sent after `inside.py`: the clients that live in a Python of their own, each asked in its own words.

Standard library and the client alone, valid from Python 2.7 to 3.15. A subject answers `about`,
`route` and `get`, as `Pip` does; what it verifies with is what the client itself puts together.
"""

import base64
import os
import platform
import time

try:
    from urllib import request as urllib_request
    from urllib.error import HTTPError
except ImportError:  # Python 2.7
    import urllib2 as urllib_request
    from urllib2 import HTTPError
try:
    from urllib.request import getproxies, proxy_bypass
    from urllib.parse import urlsplit
except ImportError:
    from urllib import getproxies, proxy_bypass
    from urlparse import urlsplit


def version_of(name):
    try:
        from importlib import metadata
    except ImportError:
        return ""
    try:
        return text_of(metadata.version(name))
    except Exception:
        return ""


def context_facts(context, certifi_path):
    """The flags of a context, as `Pip.trust` tells them."""
    inner = getattr(context, "_ctx", context)
    return {
        "certifi": certifi_path,
        "truststore": hasattr(context, "_ctx"),
        "verify_flags": int(inner.verify_flags),
        "security_level": getattr(inner, "security_level", None),
        "common_name": bool(getattr(inner, "hostname_checks_common_name", True)),
    }


def environment_proxy(url):
    """The proxy that the environment names for a URL; httpx and urllib read it in this way."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return ""
    proxies = getproxies()
    return text_of(proxies.get(parts.scheme) or proxies.get("all") or "")


def certifi_path():
    try:
        import certifi

        return text_of(certifi.where())
    except ImportError:
        return ""


class OverRequests(object):
    """A client that fetches with a session of requests."""

    name = "requests"

    def __init__(self):
        self.options = {}

    def about(self, request):
        self.options = request.get("options") or {}
        return {"version": version_of(self.name), "trust": self.trust()}

    def trust(self):
        import requests  # its certifi may be a distribution's
        from urllib3.util.ssl_ import create_urllib3_context

        path = text_of(requests.certs.where())
        return context_facts(create_urllib3_context(), path)

    def session(self, url):
        """The session, and what it is told to verify with: True, False or a path; a certificate."""
        import requests

        return requests.Session(), True, None

    def prepared(self, url):
        session, verify, cert = self.session(url)
        if verify is True and session.verify is not True:
            verify = None  # the session's own
        return session, session.merge_environment_settings(url, {}, True, verify, cert)

    def route(self, url):
        _, merged = self.prepared(url)
        from requests.utils import select_proxy

        proxy = select_proxy(url, merged.get("proxies") or {})
        verify = merged.get("verify")
        return {
            "proxy": text_of(proxy) if proxy else "",
            "bundle": text_of(verify) if verify not in (True, False, None) else "",
            "verifies": verify is not False,
            "client_cert": text_of(merged.get("cert")) if merged.get("cert") else "",
        }

    def get(self, request):
        url = request["url"]
        session, merged = self.prepared(url)
        # Answered by the server, not by a cache of the client's.
        headers = {"Accept": request["accept"], "Cache-Control": "no-cache, no-store"}
        response = session.get(
            url,
            headers=headers,
            timeout=request["timeout"],
            verify=merged["verify"],
            cert=merged["cert"],
            stream=True,
            allow_redirects=False,
        )
        try:
            return reply_of(response, response.iter_content(65536), request)
        finally:
            response.close()


class Requests(OverRequests):
    pass


class Twine(OverRequests):
    name = "twine"

    def session(self, url):
        from twine.repository import Repository

        repository = Repository(url, None, None)
        repository.session.auth = lambda prepared: prepared  # nothing is uploaded: no password
        if self.options.get("bundle"):
            repository.set_certificate_authority(self.options["bundle"])
        if self.options.get("client_cert"):
            repository.set_client_certificate(self.options["client_cert"])
        return repository.session, True, None


class Poetry(OverRequests):
    name = "poetry"

    def __init__(self):
        OverRequests.__init__(self)
        self.authenticator = None

    def about(self, request):
        answer = OverRequests.about(self, request)
        from poetry.config.config import Config
        from poetry.utils.authenticator import Authenticator

        config = Config.create()
        try:
            from pathlib import Path
            from poetry.factory import Factory

            config = Factory().create_poetry(Path.cwd()).config  # with the project's poetry.toml
        except Exception as error:
            if "TOML" in type(error).__name__:  # Poetry itself stops at it
                raise ValueError("pyproject.toml or poetry.toml: " + text_of(error))
            answer["note"] = text_of(error)
        self.authenticator = Authenticator(config)
        for name, url in self.options.get("sources") or []:
            self.authenticator.add_repository(name, url)
        return answer

    def session(self, url):
        certs = self.authenticator.get_certs_for_url(url)
        verify = text_of(certs.cert) if certs.cert else certs.verify
        cert = text_of(certs.client_cert) if certs.client_cert else None
        session = self.authenticator.get_session(url)
        if verify is not False:
            known = self.authenticator.get_credentials_for_url(url)
            if known.username is not None:
                session.auth = (known.username, known.password or "")
        return session, verify, cert


class OverHttpx(object):
    """A client that fetches with a client of httpx, or of httpx2."""

    name = "httpx"

    def __init__(self):
        self.options = {}
        self.made = None

    def about(self, request):
        self.options = request.get("options") or {}
        answer = {"version": version_of(self.name)}
        self.made = self.client("https://x.invalid/")
        answer["trust"] = self.trust()
        return answer

    def client(self, url):
        import httpx

        return httpx.Client()

    def trust(self):
        pool = self.transport(self.made, "https://x.invalid/")
        modern = type(self.made).__mro__[-3].__module__.startswith("httpx2")
        return context_facts(pool._ssl_context, "" if modern else certifi_path())

    def transport(self, client, url):
        transport = client._transport
        return getattr(transport, "_pool", transport)

    def route(self, url):
        return {"proxy": environment_proxy(url), "bundle": "", "verifies": True, "client_cert": ""}

    def get(self, request):
        url = request["url"]
        client = self.client(url)
        headers = {"Accept": request["accept"], "Cache-Control": "no-cache, no-store"}
        with client.stream(
            "GET", url, headers=headers, timeout=request["timeout"], follow_redirects=False
        ) as response:
            return reply_of(response, response.iter_bytes(65536), request)


class Httpx(OverHttpx):
    pass


class Hatch(OverHttpx):
    name = "hatch"

    def client(self, url):
        from hatch.index.core import PackageIndex

        bundle = os.environ.get("HATCH_INDEX_CA_CERT")
        return PackageIndex(url, ca_cert=bundle or None).client


class Pdm(OverHttpx):
    name = "pdm"

    def client(self, url):
        from pdm.core import Core
        from pdm.models.session import PDMPyPIClient

        # Its sources are read; no environment is looked for or made.
        project = Core().create_project(os.getcwd())
        self.sources = list(project.sources)
        return PDMPyPIClient(sources=self.sources, cache_dir=None)

    def trust(self):
        from pdm.models import session

        context = getattr(session, "_ssl_context", None)
        if context is None:
            return OverHttpx.trust(self)
        return context_facts(context, certifi_path())

    def route(self, url):
        verifies = True
        for source in self.sources:
            if source.url and url.startswith(source.url.rstrip("/")) and source.verify_ssl is False:
                verifies = False
        return dict(OverHttpx.route(self, url), verifies=verifies)


class Urllib(object):
    """Python's own urllib, with the context that it makes by itself."""

    def about(self, request):
        import ssl

        context = ssl.create_default_context()
        return {"version": platform.python_version(), "trust": context_facts(context, "")}

    def route(self, url):
        return {"proxy": environment_proxy(url), "bundle": "", "verifies": True, "client_cert": ""}

    def get(self, request):
        class Stay(urllib_request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None

        asked = urllib_request.Request(request["url"], headers={"Accept": request["accept"]})
        try:
            response = urllib_request.build_opener(Stay).open(asked, timeout=request["timeout"])
        except HTTPError as error:
            response = error
        try:
            body = response.read(request["limit"]) if request["limit"] else b""
            return {
                "status": response.getcode(),
                "headers": [[text_of(k), text_of(v)] for k, v in response.info().items()],
                "body": base64.b64encode(body).decode("ascii"),
                "received": time.time(),
                "credentials": False,
            }
        finally:
            response.close()


def about_client(subject, request):
    """What a client is and verifies with, or why it cannot be used."""
    answer = {"python": describe_python(), "ssl": describe_ssl()}
    try:
        answer.update(subject.about(request))
    except ImportError as error:
        answer["absent"] = text_of(error)
    except BaseException as error:
        answer["session_error"] = describe_error(error)
    return answer
