"""pip, driven inside its own Python: sent after `inside.py`, whose names it uses.

It must stay valid from Python 2.7 to the newest, and needs the standard library alone.
"""

import os
import sys
import threading


class Pip(object):
    """The pip of this Python, driven through its own command class."""

    def __init__(self):
        self.problem = None
        self.kind = None
        self.command = None
        self.options = None
        self.session = None
        self.making = threading.Lock()
        self.platform = sys.platform
        self.timeout = None
        self.hosts = []
        self.version = ""
        self.location = ""

    def prepare(self):
        """Import what takes longest while nothing has been asked; what fails, fails again later."""
        naming = threading.Thread(target=name_system, args=(distro_of_pip(),))
        naming.start()
        try:
            self._cheapest()
            import pip._internal.network.session
        except BaseException:
            pass
        naming.join()

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
            words = [line.strip() for line in said.getvalue().splitlines() if line.strip()]
            # Of a file that it cannot read, pip speaks in several lines: which one it is, and where.
            first = [n for n, line in enumerate(words) if line.startswith("Configuration file")]
            words = [" ".join(words[first[-1] :])] if first else words
            self.kind, self.problem = "bad-option", (words[-1] if words else "pip ended")
        except BaseException as error:
            self.kind = self.kind or "broken-pip"
            self.problem = "%s: %s" % (type(error).__name__, text_of(error))
            if type(error).__name__ == "ConfigurationFileCouldNotBeLoaded":
                self.kind = "bad-option"

    def _command(self):
        class Install(self._cheapest()):
            """Its options and session are those of `pip install`; the section read is [install]."""

            name = "install"

        try:
            return Install("install", "")  # pip 19.3 and later
        except TypeError:
            return Install()

    def _cheapest(self):
        """The command that builds the session of `install` with the fewest imports."""
        try:
            import pip._internal.cli.index_command  # pip 24.1: a session without the resolver
            from pip._internal.commands.list import ListCommand as Command
        except ImportError:
            try:
                from pip._internal.commands.download import DownloadCommand as Command
            except ImportError:
                from pip.commands.download import DownloadCommand as Command  # pip 9
        return Command

    def settings(self):
        """Every setting in a file or variable, weakest first, as pip's own reader found them."""
        try:
            return self._settings()
        except BaseException as error:
            return [{"kind": "problem", "value": text_of(error)}]

    def _settings(self):
        found = []
        for path, parser in self._files():
            for section in parser.sections():
                for key, value in parser.items(section):
                    texts = [text_of(one) for one in (path, section, key, value)]
                    found.append(dict(zip(("path", "section", "key", "value"), texts), kind="file"))
        return found + self._variables()

    def _files(self):
        """The configuration files that pip reads, weakest first, each with its parser."""
        try:
            from pip._internal.configuration import Configuration
        except ImportError:  # pip 9
            parser = self.command.parser
            for path in parser.get_config_files():
                one = parser.config.__class__()  # an old-style class on Python 2
                one.read(path)
                yield path, one
            return
        try:
            configuration = Configuration(isolated=False)
        except TypeError:
            configuration = Configuration(False, None)
        configuration.load()
        order = getattr(configuration, "_override_order", None)
        if order is None:
            from pip._internal.configuration import OVERRIDE_ORDER as order  # pip 20.3 and later
        for variant in order:
            for path, parser in configuration._parsers.get(variant, []):
                yield path, parser

    def _variables(self):
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
        every = self.command.parser.option_list_all
        found["options"] = sorted(word[2:] for one in every for word in one._long_opts)
        return dict(found, no_index=bool(getattr(options, "no_index", False)))

    def trust(self):
        """How its session verifies: which store of its own, with which flags."""
        found = {"certifi": "", "truststore": False, "verify_flags": 0, "security_level": None}
        try:
            from pip._vendor import certifi

            found["certifi"] = text_of(certifi.where())
        except BaseException as error:
            found["note"] = text_of(error)
        context = self.session and self._context()
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
        self.timeout = timeout
        self.session = self._new_session()
        context = self._context()
        load_once(getattr(context, "_ctx", context))

    def _new_session(self):
        made = sys.modules.get("pip._internal.cli.index_command")
        kept = getattr(made, "_create_truststore_ssl_context", None)
        with self.making:
            # Newer pips keep one context of truststore for all sessions of a process.
            getattr(kept, "cache_clear", int)()
            session = self._build_session()
        if getattr(session, "auth", None) is not None:
            session.auth.prompting = False
        self._trust(session)
        return session

    def _build_session(self):
        build = self.command._build_session
        try:
            return build(self.options, retries=0, timeout=self.timeout)
        except TypeError:
            return build(self.options)

    def _context(self):
        return getattr(self.session.get_adapter("https://x.invalid/"), "_ssl_context", None)

    def session_for_one(self):
        """The session for one request, of which many are under way.

        On macOS and Windows truststore switches the checks of its context off while OpenSSL shakes
        hands, and asks the system afterwards whether to check at all: one that two requests share
        can come out without checks (truststore, _macos.py and _windows.py, _configure_context).
        """
        if self.platform.startswith("linux") or self._context() is None:
            return self.session
        return self._new_session()

    def add_trusted_hosts(self, hosts):
        """Hosts that a requirements file trusts; pip adds them to its session in the same way."""
        self.hosts = hosts
        self._trust(self.session)

    def _trust(self, session):
        for host in self.hosts:
            if hasattr(session, "add_trusted_host"):
                session.add_trusted_host(host, source="requirements file")
            elif hasattr(session, "add_insecure_host"):
                session.add_insecure_host(host)

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
        # pip looks at the origin of an index, and neither of its redirects nor of its file links.
        if request.get("origin", True) and not self.secure_origin(url):
            return {"error": [{"class": "pip", "text": "not a trusted or secure host"}]}
        if url.startswith("https:") and self.session.cert:
            check_client_certificate(self.session.cert)
        headers = {"Accept": request["accept"], "Accept-Encoding": "identity", "Cache-Control": "max-age=0"}
        response = self.session_for_one().get(
            url, headers=headers, stream=True, allow_redirects=False, timeout=request["timeout"]
        )
        try:
            return reply_of(response, response.iter_content(65536), request)
        finally:
            response.close()


def distro_of_pip():
    """What tells pip the names of a Linux; None where it has none of its own, or needs none."""
    try:
        from pip._vendor import distro
    except BaseException:
        return None
    return distro if sys.platform.startswith("linux") else None


def name_system(distro):
    """Let it find the names that each session asks for: it runs programs, and keeps the answers."""
    for name in ("name", "version", "codename"):
        try:
            getattr(distro, name)()
        except BaseException:
            pass


class ClientCertificate(Exception):
    """A client certificate that this Python's OpenSSL does not load."""


def check_client_certificate(path):
    """Raise `ClientCertificate` for one that cannot be loaded.

    Asked before pip loads it, because the words of OpenSSL are those of a broken CA bundle, and
    because it would ask for a pass phrase: on the terminal, or from where the requests come.
    """
    import ssl

    asked = []

    def refuse():
        asked.append(True)
        return ""

    context = ssl.SSLContext(getattr(ssl, "PROTOCOL_TLS_CLIENT", ssl.PROTOCOL_SSLv23))
    try:
        context.load_cert_chain(path, password=refuse)
    except Exception as error:
        why = "its key is encrypted, and pip asks for the pass phrase" if asked else text_of(error)
        raise ClientCertificate("the client certificate cannot be used: " + why)


def load_once(context):
    """Spare a context that many connections share the 50 ms for each store that it has already.

    pip loads its stores again for every connection; a certificate that a store holds is not added
    twice (OpenSSL, crypto/x509/x509_lu.c), so what the context trusts is the same.
    """
    if context is None:
        return
    # One lock: OpenSSL's list of look-ups is not made for two threads (X509_STORE_add_lookup).
    lock = threading.Lock()
    for name in ("load_verify_locations", "set_default_verify_paths", "load_cert_chain"):
        setattr(context, name, Once(getattr(context, name), lock))
    # truststore loads the defaults where there are any, on Linux, at the first connection.
    if sys.platform.startswith("linux"):
        threading.Thread(target=context.set_default_verify_paths).start()


class Once(object):
    """A method that does nothing when it is called with arguments with which it has succeeded."""

    def __init__(self, method, lock):
        self.method = method
        self.done = set()
        self.lock = lock

    def __call__(self, *arguments, **named):
        key = repr((arguments, sorted(named.items())))
        with self.lock:
            if key not in self.done:
                self.method(*arguments, **named)
                self.done.add(key)


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
