import time

import pytest

from certmend.observe.logs.lines import lines, plain

MESSAGE = "ERROR: No matching distribution found for billing"


@pytest.mark.parametrize(
    "prefix",
    [
        "2024-05-22T12:43:46.9626460Z ",
        "build\tInstall\t2024-05-22T12:43:46.9626460Z ",
        "2024-05-22T12:43:46.962646Z 01O ",
        "00:12 ",
        "[2024-01-01T00:00:00.000Z] ",
        "13:31:29 13:31:29 ",
        "[09:39:21] ",
        "[Pipeline] ",
        "#12 3.456 ",
        "196.7 ",
        "web_1  | ",
        "INFO[0012] ",
        "##[error]",
        "::error::",
        "[WARNING] stderr: ",
        "> > ",
        "  │ ",
        "\x1b[31m",
        "\x1b]0;title\x07",
        "\\u001b[91m",
        "[31m",
        "\ufeff",
    ],
)
def test_what_stands_before_a_line_is_taken_off(prefix):
    assert plain(prefix + MESSAGE)[0] == MESSAGE
    assert plain(f"2024-05-22T12:43:46.9626460Z {prefix}{MESSAGE}")[0] == MESSAGE


def test_a_line_has_its_number_and_carriage_returns_make_no_new_ones():
    found = lines(b"one\r\n10%\r20%\r30%\nthree\x00\xff", 7)
    assert [(line.number, line.text) for line in found] == [
        (7, "one"),
        (8, "10%"),
        (8, "20%"),
        (8, "30%"),
        (9, "three\ufffd"),
    ]


def test_code_in_tracebacks_is_told_apart():
    text = b"""Traceback (most recent call last):
  File "/x/adapters.py", line 514, in send
    raise ProxyError(e, request=request)
          ^^^^^^^^^^^
requests.exceptions.SSLError: HTTPSConnectionPool
      510\xe2\x94\x82                 raise ProxyError(e, request=request)
    \xe2\x86\x92 514\xe2\x94\x82                 raise SSLError(e, request=request)
done"""
    shown = [line.text for line in lines(text, 1) if not line.of_code]
    assert shown == [
        "Traceback (most recent call last):",
        "requests.exceptions.SSLError: HTTPSConnectionPool",
        "done",
    ]


@pytest.mark.parametrize(
    "raised",
    [
        "requests.exceptions.ReadTimeout: Read timed out.",
        "socket.gaierror: [Errno -2] Name or service not known",
        "http.client.RemoteDisconnected: Remote end closed connection without response",
        "ssl.SSLEOFError: EOF occurred in violation of protocol (_ssl.c:1006)",
    ],
)
def test_an_error_right_below_its_frame_is_no_code(raised):
    text = f'Traceback (most recent call last):\n  File "<string>", line 2, in fetch\n{raised}\n'
    assert not lines(text.encode(), 1)[-1].of_code


@pytest.mark.parametrize("code", ["raise ReadTimeout(e)", "self.on_error(e)", "sock.settimeout(t)"])
def test_code_without_its_indentation_is_code(code):
    text = f'Traceback (most recent call last):\n  File "a.py", line 2, in fetch\n{code}\n'
    assert lines(text.encode(), 1)[-1].of_code


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[" * 50_000,
        "\x1b]" * 50_000,
        "> " * 50_000,
        "#1 " * 50_000,
        "\t" * 100_000,
        "[" * 100_000,
    ],
)
def test_no_line_takes_long(hostile):
    begun = time.process_time()
    lines(hostile.encode(), 1)
    assert time.process_time() - begun < 10
