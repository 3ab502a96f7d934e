"""Which attributes of a Python program's objects, and of ssl itself, switch verification off."""

import ast
from functools import cached_property

from certmend.model import switch_names
from certmend.observe.syntax import python_contexts
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, is_cert_none, is_none, is_off, path
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_served import ServedContexts

_OF_SSL = frozenset(("_create_default_https_context", "create_default_context", "match_hostname"))


class Attributes:
    """What one program gives the attributes of its sessions, contexts and settings."""

    def __init__(self, known: Known, *, speaks_http: bool, only_looks: bool) -> None:
        self._known = known
        self._speaks_http = speaks_http
        self._only_looks = only_looks

    def is_weakened(self, name: str, owner: str, value: ast.expr, line: int) -> bool:
        """Whether this value of this attribute switches verification off."""
        off = is_off(self._known.resolved(value))
        if name in _OF_SSL:
            return self._known.names.get(owner, owner) == "ssl" and self._is_replaced(name, value)
        if name == "HTTP_ADAPTER_CLS":  # exchangelib
            return path(value).endswith("NoVerifyHTTPAdapter")
        if name == "cert_reqs":
            return is_none(value)
        if name in names.SWITCHES_ON:
            return constant(value) is True
        if name == "assert_hostname" or switch_names.checks(name):
            made = self._known.made_by(owner)
            configures = bool(names.CONFIGURATION.search(owner + " " + made))
            made = made.rpartition(".")[2]
            of_module = owner in self._known.names  # its own setting, as of traitlets' `c`
            configures = configures or of_module or self._is_of_traitlets(owner)
            return off and (configures or made[:1].isupper() or self._is_asked(owner, line))
        if name == "verify":
            return off and self._is_session(owner)
        if self._only_looks or self._is_server(owner, line):
            return False
        if python_contexts.stays_here(self._known, owner, line):
            return False
        if name == "verify_mode":
            made = self._known.made_by(owner).partition(".")[0]
            return is_cert_none(value) and made not in names.SERVER_PROGRAMS
        return off and not self._has_cert_none(owner, line)

    def _is_of_traitlets(self, owner: str) -> bool:
        """Whether settings are those of a Jupyter program: `c = get_config()`."""
        return self._known.made_by(owner.partition(".")[0]).endswith("get_config")

    def _is_session(self, owner: str) -> bool:
        if names.OTHER.search(owner):
            return False
        made = self._known.made_by(owner)
        held = self._known.values.get(owner)
        of_base = isinstance(held, ast.Attribute) and path(held.value) == "super"
        if held is not None and of_base and names.FACTORY.search(path(held)):
            return True
        if not self._speaks_http:
            kept = names.KEPT.search(owner) or names.FACTORY.search(made)
            return bool(kept)
        known = made.split(".")[0] in names.HTTP_MODULES or owner in self._known.sessions
        return known or bool(names.SESSION.search(owner.rsplit(".", maxsplit=1)[-1]))

    def _is_asked(self, owner: str, line: int) -> bool:
        """Whether requests are made on an object afterwards: `scraper.request(...)`."""
        calls = self._known.calls_after(owner, line) if "." not in owner else []
        asked = {f"{owner}.{method}" for method in (*names.METHODS, "request")}
        return any(path(call.func) in asked for call in calls)

    def _is_server(self, owner: str, line: int) -> bool:
        """Whether a context is one that a server was given: then it asks clients for nothing."""
        value = self._known.context(owner, line)
        adapter = self._known.made_by(owner.removesuffix(".context")).rpartition(".")[2]
        if adapter in names.ASK_CLIENTS:
            return True
        made = value is not None and bool(names.SERVER.search(ast.unparse(value)))
        return made or owner in self._known.serving or self._served.holds(owner, line)

    @cached_property
    def _served(self) -> ServedContexts:
        return ServedContexts(self._known)

    def _has_cert_none(self, owner: str, line: int) -> bool:
        """Whether the context that a name holds in a line is told to verify nothing at all."""
        given = self._known.given.get(f"{owner}.verify_mode", ())
        made = [since for since, _value in self._known.given.get(owner, ())]
        first = max((since for since in made if since <= line), default=0)
        last = min((since for since in made if since > line), default=1 << 31)
        return any(
            value is not None and is_cert_none(value) and first <= since < last
            for since, value in given
        )

    def _is_replaced(self, name: str, value: ast.expr) -> bool:
        """Whether a function of ssl is replaced by one that verifies nothing."""
        if name == "match_hostname":
            return self._known.accepts_all(value)
        if isinstance(value, ast.Call) and path(value.func) == "getattr" and len(value.args) > 1:
            return constant(value.args[1]) in names.UNVERIFIED
        full = self._known.full(self._known.resolved(value))
        return "unverified" in full or full.rsplit(".", 1)[-1] in names.UNVERIFIED
