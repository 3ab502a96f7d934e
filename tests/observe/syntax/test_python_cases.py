"""What a test is told of where it goes, in files whose values hold one another."""

from certmend.model.document import Call, whole
from certmend.model.plugin import Source
from certmend.observe import kinds

NAMES = 300


def switches(text: str) -> list[Call]:
    kind = kinds.by_name("tests/test_x.py")
    entries = kind.read(Source(path="tests/test_x.py", text=whole(text), scope=""))
    return [one for one in entries if isinstance(one, Call)]


def module(first: str) -> str:
    held = [
        f"V{one} = [{', '.join(f'V{(one * 7 + more) % NAMES}' for more in range(40))}]"
        for one in range(1, NAMES)
    ]
    asked = [f"    requests.get(V{one}, verify=False)" for one in range(60)]
    return "\n".join(["import os, requests", first, *held, "def test_all():", *asked])


def test_values_that_hold_one_another_are_each_looked_at_once():
    assert switches(module("V0 = [V1]")) == []


def test_an_address_from_outside_is_found_among_them():
    assert len(switches(module("V0 = os.environ['HOST']"))) == 60
