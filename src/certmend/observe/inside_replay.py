"""Shown a captured chain, what does this Python say? Run by the Python in question.

Standard library only, valid from Python 3.7 on (before, errors have no verify code). On standard input: JSON with the bytes of a server's answer, anchors and a host. On
standard output: JSON with the verdict of `ssl.create_default_context()`, once with the store that
this Python finds itself and, where there are any, once with the anchors given. Dates are not
checked here, since the time cannot be set: X509_V_FLAG_NO_CHECK_TIME.
"""

import base64
import json
import ssl
import sys

_NO_CHECK_TIME = 0x200000


def _verdict(context, flight, host):
    context.check_hostname = bool(host)
    context.verify_flags |= _NO_CHECK_TIME
    context.options |= getattr(ssl, "OP_NO_TLSv1_3", 0)
    inward, outward = ssl.MemoryBIO(), ssl.MemoryBIO()
    inward.write(flight)
    session = context.wrap_bio(inward, outward, server_hostname=host or None)
    try:
        session.do_handshake()
    except ssl.SSLWantReadError:
        return {"code": 0, "text": ""}
    except ssl.SSLCertVerificationError as error:
        return {"code": error.verify_code, "text": error.verify_message}
    except ssl.SSLError as error:
        if error.reason == "WRONG_CERTIFICATE_TYPE":
            # The suite in the made-up answer is one for ECDSA: OpenSSL says so of another key
            # only after it has verified the chain.
            return {"code": 0, "text": ""}
        return {"code": None, "text": str(error.reason or error)}
    return {"code": None, "text": "no verdict"}


def main():
    asked = json.loads(sys.stdin.read())
    flight = base64.b64decode(asked["flight"])
    said = {"own": _verdict(ssl.create_default_context(), flight, asked["host"])}
    if asked["anchors"]:
        given = ssl.create_default_context(cadata=asked["anchors"])
        said["given"] = _verdict(given, flight, asked["host"])
    said["version"] = "%d.%d.%d" % sys.version_info[:3]
    said["openssl"] = ssl.OPENSSL_VERSION
    said["flags"] = int(ssl.create_default_context().verify_flags)
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
