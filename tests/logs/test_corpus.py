"""Every output of a real client is recognised, as it is and after what build systems do to it."""

import hashlib
import io
import json
import re
from pathlib import Path

import pytest

from certmend import explanations
from logs.wrappings import WRAPPINGS, mutate

HERE = Path(__file__).parent
TRUTH = json.loads((HERE / "truth.json").read_text("utf-8"))
_SILENT = (
    # Python 2.7 and 3.6 print no reason, and neither does git with GnuTLS.
    "certificate verify failed (_ssl.c:",
    "server certificate verification failed. CAfile",
)
_LARGEST = 3 * 2**20


def _text(name):
    return (HERE / f"{name}.txt").read_text("utf-8")


def _explain(text, name="x"):
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return explanations.explain([(name, io.BytesIO(content))]).findings


def _codes(found):
    return {one.finding.code for one in found}


def _fits(found, expected, text):
    """Whether one of the expected codes is the answer, or named with it as possible."""
    possible = {code for one in found for code in one.possible}
    if not expected:
        return not [one for one in found if one.finding.severity == "error"]
    if any(silent in text for silent in _SILENT):
        return bool(found)
    return bool((_codes(found) | possible) & set(expected))


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_an_output_is_recognised(name):
    text = _text(name)
    found = _explain(text, name)
    assert _fits(found, TRUTH[name], text), [one.finding.summary for one in found]


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_it_is_recognised_after_all_that_is_done_to_logs(name):
    text = _text(name)
    plain = _codes(_explain(text))
    for turn in range(3):
        seed = int(hashlib.sha256(f"{name}{turn}".encode()).hexdigest()[:8], 16)
        assert _codes(_explain(mutate(text, seed))) == plain, seed


@pytest.mark.parametrize("wrapping", WRAPPINGS, ids=lambda one: one.__name__)
def test_each_wrapping_changes_nothing(wrapping):
    import random

    for name in sorted(TRUTH)[::7]:
        text = _text(name)
        wrapped = wrapping(text, random.Random(1))
        assert _codes(_explain(wrapped)) == _codes(_explain(text)), name


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_an_encoding_changes_nothing(encoding):
    for name in sorted(TRUTH)[::11]:
        text = _text(name)
        assert _codes(_explain(text.encode(encoding))) == _codes(_explain(text)), name


def test_the_answer_is_the_truth_wherever_the_text_can_tell():
    """Counted over the corpus: the code itself, and not only among the possible ones."""
    tells = [name for name in TRUTH if TRUTH[name] and not any(s in _text(name) for s in _SILENT)]
    right = [name for name in tells if _codes(_explain(_text(name))) & set(TRUTH[name])]
    assert len(right) >= 0.87 * len(tells)


def test_the_corpus_is_wide_and_small():
    clients = {name.split("/")[0] for name in TRUTH}
    pips = {name.split("/")[1] for name in TRUTH if name.startswith("pip/")}
    assert len(clients) >= 6
    assert len(pips) >= 10
    files = list(HERE.glob("*/*/*.txt"))
    assert {str(one.relative_to(HERE).with_suffix("")) for one in files} == set(TRUTH)
    assert sum(one.stat().st_size for one in files) < _LARGEST


def test_nothing_of_the_machine_is_in_it():
    """Paths are of the folders that the corpus maker names, whoever ran it."""
    folders = re.compile(r"(?<![\w.:/])/(?!tmp/|etc/|usr/|home/user/)[a-z]+/[a-z]+/[a-z]+/")
    for name in TRUTH:
        assert not folders.findall(_text(name)), name
