"""Known values in the place of `{{ }}`: what is put in, and where it then stands."""

import pytest

from certmend.model.document import Span, whole
from certmend.observe.syntax import jinja
from certmend.observe.syntax.jinja import Known

VALUES = {
    "host": Known("nexus.corp.example"),
    "url": Known("http://user:word@nexus.corp.example:8081/simple"),
    "shop.index": Known("https://shop.corp.example/simple"),
    "told": Known("http://told.corp.example/simple", told=True),
    "two": Known("a b"),
    "quote": Known("a'b"),
    "key": Known("a: b"),
    "switch": Known("False"),
    "long": Known("a" * 301),
    "short": Known("ab"),
}


def put_in(text: str) -> str:
    return jinja.filled(whole(text), VALUES.get)[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ host }}", "nexus.corp.example"),
        ("{{host}}:{{- host -}}", "nexus.corp.example:nexus.corp.example"),
        ("{{ host | default('x') }}", "nexus.corp.example"),
        ("{{ other | default('x.corp.example', true) }}", "x.corp.example"),
        ('{{ other | default("x.corp.example") | trim }}', "x.corp.example"),
        ("{{ other | default(host) }}", "nexus.corp.example"),
        ("{{ url | urlsplit('hostname') }}", "nexus.corp.example"),
        ("{{ shop.index.split('/')[2] }}", "shop.corp.example"),
        ("{{ shop['index'] }}", "https://shop.corp.example/simple"),
        ("{{ url.split('/')[2].split(':')[-1] }}", "8081"),
        ("{{ told | urlsplit('hostname') }}", "told.corp.example"),
    ],
)
def test_a_known_value_is_put_in(text, expected):
    assert put_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{{ other }}", "{{ url }}", "{{ told }}", "{{ two }}", "{{ quote }}", "{{ key }}",
        "{{ switch }}", "{{ long }}", "${{ host }}", "{{ host | upper }}", "{{ host ~ host }}",
        "{{ url.split('/')[9] }}", "{{ 'x' }}", "{{ .host }}", "{{ host", "{{ lookup('env', 'X') }}",
        "{{ host.split('.') }}", "{{ told | default('x') }}",
    ],
)  # fmt: skip
def test_anything_else_stays_as_it_is(text):
    assert put_in(text) == text


def test_a_value_stands_where_its_expression_does():
    text = "a {{ host }} b"
    word, places = jinja.filled(whole(text), VALUES.get)
    assert places == (Span(2, 12),)
    assert word.part(2, 20).place() == Span(2, 12)
    assert word.part(0, 2).place() == Span(0, 2)
    assert word.part(20, 22).place() == Span(12, 14)
    assert not word.part(2, 20).is_literal


def test_a_short_value_has_no_two_places():
    word, _ = jinja.filled(whole("{{ short }}"), VALUES.get)
    assert not word.is_literal


def test_what_a_value_leaves_open_stays_open():
    assert jinja.expanded("http://{{ groups['a'][0] }}:81/{{ host }}", VALUES.get) == (
        "http://{{groups}}:81/nexus.corp.example"
    )
