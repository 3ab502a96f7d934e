import pytest
from hypothesis import given
from hypothesis import strategies as st

from certmend.model.failure import SIGNS
from certmend.model.failure.wording import compiled, wording


@pytest.mark.parametrize(
    ("words", "plain", "start"),
    [
        ("connection refused", "connectionrefused", None),
        (r"curl: \(60\)", "curl:(60)", None),
        (r"self-?signed", None, "signed"),
        (r"errno (?:111|61)", None, "errno"),
        (r"\[(?:x|y)\] failed", None, "]failed"),
        (r"(?<!\d) 404 client", None, "404client"),
        (r"\d{3} from proxy", None, "fromproxy"),
        (r"a{0,9}? bc?d", None, "b"),
        (r"a|b", None, ""),
        (r"(?:a|b)c", None, "c"),
        (r"http {2}x", None, "htt"),
    ],
)
def test_plain_words_and_needed_letters_are_told_apart(words, plain, start):
    made = wording(words)
    assert (made.plain[0] if made.plain else None) == plain
    assert (made.expressions[0][0] if made.expressions else None) == start


def test_an_expression_is_tried_only_where_its_letters_stand():
    assert wording("abc[0-9]").found_in("xabc7")
    assert not wording("abc[0-9]").found_in("xab7")
    assert list(wording("ab").finds("abxab")) == [(0, 2), (3, 5)]


@given(st.data())
def test_every_match_holds_the_needed_letters(data):
    one = data.draw(st.sampled_from([o for o in SIGNS if o.wording.expressions]))
    needed, expression = data.draw(st.sampled_from(one.wording.expressions))
    text = data.draw(st.from_regex(compiled(expression)))
    match = compiled(expression).search(text)
    assert match is None or needed in match.group()
