import string

from hypothesis import given
from hypothesis import strategies as st

from certmend.model.failure.squeeze import Squeezed


def test_a_message_is_the_same_however_it_is_wrapped():
    words = "certificate verify failed: unable to get local issuer certificate"
    whole = Squeezed(words).text
    for width in range(1, len(words)):
        hard = "\n".join(words[at : at + width] for at in range(0, len(words), width))
        assert Squeezed(hard).text == whole
        assert Squeezed(hard.replace("\n", "\r\n  │ ")).text == whole


def test_underscores_backslashes_and_quotes_do_not_matter():
    assert Squeezed("CERTIFICATE_VERIFY_FAILED").text == Squeezed("certificate verify failed").text
    assert Squeezed(r"host=\'h\'").text == Squeezed("host=‘h’").text
    assert Squeezed("a\\nb").text == "ab"


@given(st.text(max_size=300))
def test_every_place_leads_back(text):
    squeezed = Squeezed(text)
    for at, letter in enumerate(squeezed.text):
        there = text[squeezed.place(at)]
        assert letter in (there, there.lower()) or letter in "'\""


@given(st.text(string.ascii_letters + " _\n│", max_size=200))
def test_the_original_keeps_underscores(text):
    squeezed = Squeezed(text)
    kept = squeezed.original(0, len(squeezed.text))
    assert kept.replace("_", "").lower() == squeezed.text
