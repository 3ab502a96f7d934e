"""Run by the client's own Python: what it is, and how it is talked to.

Standard library only, valid from Python 2.7 to 3.15, never imported by certmend itself. The
source, and that of the client behind it (`inside_pip.py`), is sent over standard input, so no file
and no folder of certmend is on this Python's path. One JSON request a line comes in, one JSON
answer a line goes out, in any order, with the same id.
"""

import base64
import gc
import json
import os
import platform
import runpy
import sys
import threading
import time

TEXT = 4000
PRINTED = 100000


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
        # A line of its own, also after what a wrapper or sitecustomize wrote without an end.
        line = b"\n" + json.dumps(content).encode("ascii") + b"\n"
        with self.lock:
            self.stream.write(line)
            self.stream.flush()

    def leave(self, output):
        """In a copy of this process: no more of it; what is printed goes into this file."""
        self.stream.close()
        void = os.open(os.devnull, os.O_RDONLY)
        for old, new in ((void, 0), (output, 1), (output, 2)):
            os.dup2(old, new)
        for one in (void, output):
            os.close(one)
        # Line by line, or the two do not come in the order in which they were printed.
        getattr(sys.stdout, "reconfigure", dict)(line_buffering=True)


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


def fetch(conversation, subject, request):
    """Answer twice: the route at once, so that certmend can look at it too, then the reply."""
    try:
        conversation.answer(request, {"route": subject.route(request["url"])})
        content = subject.get(request)
    except BaseException as error:
        content = {"error": describe_error(error), "received": time.time()}
    conversation.answer(request, content)


def reply_of(response, pieces, request):
    """Status, headers and as much of the body as was asked for; requests and httpx answer alike."""
    body = b""
    ends = time.time() + request["timeout"]
    for piece in pieces:
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


def run(conversation, request):
    """Run a module as `-m` would, in a copy of this process, which has what it needs imported.

    The answer comes when it has ended. Refused once threads run: a copy has none of them.
    """
    reading, writing = os.pipe()
    getattr(gc, "freeze", int)()  # what is imported is not looked through again in the copy
    try:
        copy = os.fork() if threading.active_count() == 1 else None
    except OSError:  # no room for another process
        copy = None
    if copy is None:
        os.close(reading)
        os.close(writing)
        conversation.answer(request, {"refused": True})
    elif copy:
        os.close(writing)
        waiting = threading.Thread(target=hear, args=(conversation, request, copy, reading))
        waiting.daemon = True
        waiting.start()
    else:
        conversation.leave(writing)
        os.environ.update(request["variables"])
        sys.argv = [request["module"]] + request["arguments"]
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
        sys.exit(0)


def hear(conversation, request, copy, reading):
    """Answer with what a copy printed, the last of it, and with how it ended."""
    printed = b""
    while True:
        piece = os.read(reading, 65536)
        if not piece:
            break
        printed += piece
        if len(printed) > PRINTED:  # by whole lines: in half of a URL no password is known
            printed = printed[-PRINTED:].partition(b"\n")[2]
    _, status = os.waitpid(copy, 0)
    ended = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    conversation.answer(request, {"status": ended, "printed": printed.decode("utf-8", "replace")})


def main(subject, about):
    conversation = Conversation()
    getattr(subject, "prepare", int)()
    while True:
        line = sys.stdin.readline()
        if not line:
            os._exit(0)
        request = json.loads(line)
        if request["op"] == "about":
            conversation.answer(request, about(subject, request))
        elif request["op"] == "run":
            run(conversation, request)
        else:
            worker = threading.Thread(target=fetch, args=(conversation, subject, request))
            worker.daemon = True
            worker.start()
