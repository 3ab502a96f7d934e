"""A fault in words: OpenSSL's own for its numbers, the verifier's name for the rest."""

from functools import cache

from OpenSSL.SSL import _ffi, _lib  # type: ignore[attr-defined]  # the words have no public name

from certmend.judge.question import CA_AS_LEAF, LIMIT, NO_SUCH_HOST, UNREADABLE, Fault

_OWN = {
    CA_AS_LEAF: "a CA certificate as the server's own",
    UNREADABLE: "a certificate that cannot be read",
    NO_SUCH_HOST: "a host that cannot be asked for",
    LIMIT: "too much to look at",
}


@cache
def plain(code: int) -> str:
    """`certificate has expired`: OpenSSL's words (`X509_verify_cert_error_string`), or our own."""
    if code in _OWN:
        return _OWN[code]
    text: bytes = _ffi.string(_lib.X509_verify_cert_error_string(code))
    return text.decode("ascii", "replace")


def of(fault: Fault) -> str:
    """`V10 certificate has expired`; webpki's name of a fault where it is webpki's."""
    number = "" if fault.code in _OWN else f"V{fault.code} "
    return fault.word or f"{number}{plain(fault.code)}"
