"""Run by the client's own Python: what it is, what its pip is set to, what its pip meets.

Standard library only, valid from Python 2.7 to 3.15, never imported by certmend itself. The
source is sent over standard input, so no file and no folder of certmend is on this Python's path.
One JSON request a line comes in, one JSON answer a line goes out, in any order, with the same id.
pip itself makes the connections: its command parses the options, its session fetches.
"""

import base64
import json
import os
import platform
import sys
import threading
import time

TEXT = 4000


def text_of(value):
    """The text of anything, never raising: old exceptions mix bytes and text."""
    try:
        if isinstance(value, bytes):
            return value.decode("utf-8", "replace")[:TEXT]
        return (u"%s" % (value,))[:TEXT]
    except Exception:
        return repr(value)[:TEXT]


class Conversation(object):
    """Requests in, answers out; whatever else writes to standard output goes nowhere."""

    def __init__(self):
        self.lock = threading.Lock()
        self.stream = os.fdopen(os.dup(1), "wb")
        void = os.open(os.devnull, os.O_WRONLY)
        os.dup2(void, 1)
        os.dup2(void, 2)
        os.close(void)

    def answer(self, request, content):
        content["id"] = request.get("id")
        line = json.dumps(content).encode("ascii") + b"\n"
        with self.lock:
            self.stream.write(line)
            self.stream.flush()


def describe_python():
    return {
        "path": sys.executable or "",
        "version": platform.python_version(),
        "implementation": platform.python_implementation(),
        "prefix": sys.prefix,
        "base_prefix": getattr(sys, "base_prefix", getattr(sys, "real_prefix", sys.prefix)),
        "platform": sys.platform,
    }


def describe_ssl():
    """This Python's ssl module: its OpenSSL, defaults and paths; or why there is none."""
    try:
        import ssl
    except Exception as error:
        return {"problem": text_of(error)}
    found = {
        "openssl": ssl.OPENSSL_VERSION,
        "has_sni": bool(getattr(ssl, "HAS_SNI", False)),
        "verify_flags": 0,
        "security_level": None,
    }
    try:
        paths = ssl.get_default_verify_paths()
        found.update(cafile=paths.cafile or "", capath=paths.capath or "")
        # A context of the default kind, without the 50 ms that loading its roots would cost.
        context = ssl.SSLContext(getattr(ssl, "PROTOCOL_TLS_CLIENT", ssl.PROTOCOL_SSLv23))
        found["security_level"] = getattr(context, "security_level", None)
        found["verify_flags"] = int(context.verify_flags)
        if sys.version_info >= (3, 13):
            # Lib/ssl.py, create_default_context: strict and partial chain from 3.13 on.
            found["verify_flags"] |= int(ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN)
    except Exception as error:
        found["note"] = text_of(error)
    return found


class Pip(object):
    """The pip of this Python, driven through its own command class."""

    def __init__(self):
        self.problem = None
        self.kind = None
        self.command = None
        self.options = None
        self.session = None
        self.version = ""
        self.location = ""

    def find(self):
        try:
            import pip
        except BaseException as error:
            absent = isinstance(error, ImportError)
            self.kind, self.problem = "no-pip" if absent else "broken-pip", text_of(error)
            return
        self.version = text_of(getattr(pip, "__version__", ""))
        self.location = os.path.dirname(getattr(pip, "__file__", "") or "")
        if not self.version:
            self.kind, self.problem = "broken-pip", "the module pip has no version"

    def parse(self, arguments):
        """Let pip read its files, variables and the options, as `pip install` does."""
        import io

        class Said(io.StringIO):
            def write(self, text):
                return io.StringIO.write(self, text_of(text))

        said = Said()
        try:
            self.command = self._command()
            old = sys.stdout, sys.stderr
            sys.stdout = sys.stderr = said
            try:
                self.options, _ = self.command.parse_args(list(arguments))
            finally:
                sys.stdout, sys.stderr = old
        except SystemExit:
            words = [line for line in said.getvalue().splitlines() if line.strip()]
            self.kind, self.problem = "bad-option", (words[-1] if words else "pip ended")
        except BaseException as error:
            self.kind = self.kind or "broken-pip"
            self.problem = "%s: %s" % (type(error).__name__, text_of(error))
            if type(error).__name__ == "ConfigurationFileCouldNotBeLoaded":
                self.kind = "bad-option"

    def _command(self):
        try:
            from pip._internal.commands.download import DownloadCommand
        except ImportError:
            from pip.commands.download import DownloadCommand  # pip 9

        class Install(DownloadCommand):
            """`download` builds the same session with fewer imports; the section read is [install]."""

            name = "install"

        try:
            return Install("install", "")  # pip 19.3 and later
        except TypeError:
            return Install()

    def settings(self):
        """Every setting in a file or variable, weakest first, as pip's own reader found them."""
        try:
            return self._settings()
        except BaseException as error:
            return [{"kind": "problem", "value": text_of(error)}]

    def _settings(self):
        isolated = bool(getattr(self.options, "isolated_mode", False))
        found = []
        for path, parser in self._files(isolated):
            for section in parser.sections():
                for key, value in parser.items(section):
                    texts = [text_of(one) for one in (path, section, key, value)]
                    found.append(dict(zip(("path", "section", "key", "value"), texts), kind="file"))
        return found + self._variables(isolated)

    def _files(self, isolated):
        """The configuration files that pip reads, weakest first, each with its parser."""
        try:
            from pip._internal.configuration import Configuration
        except ImportError:  # pip 9
            parser = self.command.parser
            for path in parser.get_config_files():
                one = type(parser.config)()
                one.read(path)
                yield path, one
            return
        try:
            configuration = Configuration(isolated=isolated)
        except TypeError:
            configuration = Configuration(isolated, None)
        configuration.load()
        order = getattr(configuration, "_override_order", None)
        if order is None:
            from pip._internal.configuration import OVERRIDE_ORDER as order  # pip 20.3 and later
        for variant in order:
            for path, parser in configuration._parsers.get(variant, []):
                yield path, parser

    def _variables(self, isolated):
        if isolated:
            return []
        return [
            {"kind": "variable", "key": name[4:].lower().replace("_", "-"), "name": name, "value": text_of(value)}
            for name, value in sorted(os.environ.items())
            if name.startswith("PIP_") and name != "PIP_CONFIG_FILE"
        ]

    def effective(self):
        options = self.options

        def many(name):
            return [text_of(value) for value in getattr(options, name, None) or []]

        def one(name):
            value = getattr(options, name, None)
            return text_of(value) if value else ""

        found = {name: one(name) for name in ("index_url", "cert", "client_cert", "proxy", "keyring_provider")}
        for name in ("extra_index_urls", "find_links", "trusted_hosts", "features_enabled"):
            found[name] = many(name)
        return dict(found, no_index=bool(getattr(options, "no_index", False)))

    def trust(self):
        """How its session verifies: which store of its own, with which flags."""
        found = {"certifi": "", "truststore": False, "verify_flags": 0, "security_level": None}
        try:
            from pip._vendor import certifi

            found["certifi"] = text_of(certifi.where())
        except BaseException as error:
            found["note"] = text_of(error)
        context = getattr(self.session and self.session.get_adapter("https://x.invalid/"), "_ssl_context", None)
        found["truststore"] = context is not None
        try:
            if context is None:
                from pip._vendor.urllib3.util.ssl_ import create_urllib3_context

                context = create_urllib3_context()
            inner = getattr(context, "_ctx", context)
            found["verify_flags"] = int(inner.verify_flags)
            found["security_level"] = getattr(inner, "security_level", None)
            found["common_name"] = bool(getattr(inner, "hostname_checks_common_name", True))
        except BaseException as error:
            found["note"] = text_of(error)
        return found

    def build(self, timeout):
        """The session that `pip install` would use, asked once per file and never for a password."""
        self.options.retries = 0
        self.options.timeout = timeout
        self.options.cache_dir = None
        self.options.no_input = True
        build = self.command._build_session
        try:
            self.session = build(self.options, retries=0, timeout=timeout)
        except TypeError:
            self.session = build(self.options)
        if getattr(self.session, "auth", None) is not None:
            self.session.auth.prompting = False

    def add_trusted_hosts(self, hosts):
        """Hosts that a requirements file trusts; pip adds them to its session in the same way."""
        for host in hosts:
            if hasattr(self.session, "add_trusted_host"):
                self.session.add_trusted_host(host, source="requirements file")
            elif hasattr(self.session, "add_insecure_host"):
                self.session.add_insecure_host(host)

    def route(self, url):
        """The proxy, bundle and client certificate that its session takes for a URL."""
        merged = self.session.merge_environment_settings(url, {}, True, None, None)
        try:
            from pip._vendor.requests.utils import select_proxy

            proxy = select_proxy(url, merged.get("proxies") or {})
        except ImportError:
            proxy = (merged.get("proxies") or {}).get(url.split(":", 1)[0])
        adapter = type(self.session.get_adapter(url)).__name__
        verify = merged.get("verify")
        return {
            "proxy": text_of(proxy) if proxy else "",
            "bundle": text_of(verify) if verify not in (True, False, None) else "",
            "verifies": verify is not False and "Insecure" not in adapter,
            "client_cert": text_of(merged.get("cert")) if merged.get("cert") else "",
        }

    def secure_origin(self, url):
        """Whether pip would look at this URL at all: it ignores plain HTTP on most hosts."""
        if not url.startswith("http:"):
            return True
        try:
            from pip._internal.models.link import Link as Location
        except ImportError:
            try:
                from pip._internal.index import Link as Location  # pip 10 to 19.1
            except ImportError:
                from pip.index import Link as Location  # pip 9
        location = Location(url)
        if hasattr(self.session, "is_secure_origin"):
            return bool(self.session.is_secure_origin(location))
        finder = self.command._build_package_finder(self.options, self.session)
        import logging

        return bool(finder._validate_secure_origin(logging.getLogger("certmend"), location))

    def get(self, request):
        """Fetch a URL with pip's session, without following a redirect."""
        url = request["url"]
        if not self.secure_origin(url):
            return {"error": [{"class": "pip", "text": "not a trusted or secure host"}]}
        headers = {"Accept": request["accept"], "Accept-Encoding": "identity", "Cache-Control": "max-age=0"}
        response = self.session.get(
            url, headers=headers, stream=True, allow_redirects=False, timeout=request["timeout"]
        )
        try:
            return self._reply(response, request)
        finally:
            response.close()

    def _reply(self, response, request):
        body = b""
        ends = time.time() + request["timeout"]
        for piece in response.iter_content(65536):
            body += piece
            if len(body) >= request["limit"] or time.time() > ends:
                break
        return {
            "status": response.status_code,
            "headers": [[text_of(key), text_of(value)] for key, value in response.headers.items()],
            "body": base64.b64encode(body[: request["limit"]]).decode("ascii"),
            "received": time.time(),
            "credentials": "Authorization" in response.request.headers,
        }


def describe_error(error):
    """The chain of exceptions, outermost first, with OpenSSL's verify code where one tells it."""
    found = []
    queue = [error]
    seen = set()
    while queue and len(found) < 20:
        one = queue.pop(0)
        if id(one) in seen or not isinstance(one, BaseException):
            continue
        seen.add(id(one))
        found.append(
            {
                "class": type(one).__name__,
                "text": text_of(one),
                "verify_code": getattr(one, "verify_code", None),
                "reason": text_of(getattr(one, "reason", "") or "")[:200],
            }
        )
        queue.extend(argument for argument in getattr(one, "args", ()) if isinstance(argument, BaseException))
        for name in ("reason", "original_error", "__cause__", "__context__"):
            queue.append(getattr(one, name, None))
    return found


def about(pip, request):
    answer = {"python": describe_python(), "ssl": describe_ssl()}
    pip.find()
    if pip.problem is None:
        pip.parse(request.get("arguments", []))
    if pip.problem is None:
        answer["settings"] = pip.settings()
        answer["effective"] = pip.effective()
        try:
            pip.build(request["timeout"])
            pip.add_trusted_hosts(request.get("trusted_hosts", []))
            answer["trust"] = pip.trust()
        except BaseException as error:
            answer["session_error"] = describe_error(error)
    answer["pip"] = {"version": pip.version, "location": pip.location, "kind": pip.kind, "problem": pip.problem}
    return answer


def fetch(conversation, pip, request):
    """Answer twice: the route at once, so that certmend can look at it too, then the reply."""
    try:
        conversation.answer(request, {"route": pip.route(request["url"])})
        content = pip.get(request)
    except BaseException as error:
        content = {"error": describe_error(error), "received": time.time()}
    conversation.answer(request, content)


def main():
    conversation = Conversation()
    if sys.path and sys.path[0] == "":
        del sys.path[0]
    pip = Pip()
    while True:
        line = sys.stdin.readline()
        if not line:
            os._exit(0)
        request = json.loads(line)
        if request["op"] == "about":
            conversation.answer(request, about(pip, request))
        else:
            worker = threading.Thread(target=fetch, args=(conversation, pip, request))
            worker.daemon = True
            worker.start()


main()
