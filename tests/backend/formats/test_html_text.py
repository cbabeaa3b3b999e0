from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats.html import text_to_html, to_text
from backend.formats.html_words import words
from backend.formats.text_html import linkify

REL = ' target="_blank" rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Hello <b>wor</b>ld</p><p>Next</p>", "Hello world\n\nNext"),
        ("one<br>two<div>three</div>", "one\ntwo\nthree"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul><ol><li>x<li>y</ol>", "- a\n- b\n\n  - c\n\n1. x\n2. y"),
        ("<blockquote>q<br>r<blockquote>s</blockquote></blockquote>own", "> q\n> r\n>\n> > s\n\nown"),
        ('<a href="https://x.test/a">here</a>', "here <https://x.test/a>"),
        ('<a href="https://x.test/">x.test</a> <a href="mailto:a@b.c">a</a>', "x.test a"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>a\n  b\n</pre>c", "a\n  b\n\nc"),
        ('<img alt="Logo" src=x><img src=y>', "[Logo]"),
        ("a<hr>b", "a\n--------------------\nb"),
        (
            "<style>x</style><script>y</script><title>t</title><!-- c -->a &lt;b&gt; &amp;&nbsp;c",
            "a <b> &\u00a0c",
        ),
        ("  a \n\n b  ", "a b"),
        ("", ""),
        ("&#9999999999;&#" + "9" * 5000 + ";", "\ufffd\ufffd"),
    ],
)
def test_text_of_html(html: str, expected: str) -> None:
    assert to_text(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Hel<b>lo</b> you</p><p>Next</p>", "\nHello you\n\nNext\n"),
        ("<STYLE>a</STYLE >b<!-- c -- > d -->e", "be"),
        ("<title>t</title>&eacute;", "é"),
        ("a < b", "a < b"),
        ("x<style>never closed", "x"),
    ],
)
def test_words_of_html(html: str, expected: str) -> None:
    assert words(html) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b> & c", "<div>a &lt;b&gt; &amp; c</div>"),
        ("a\n\nb", "<div>a</div><div><br></div><div>b</div>"),
        (
            "> q\n>> r\nown",
            "<blockquote><div>q</div><blockquote><div>r</div></blockquote></blockquote><div>own</div>",
        ),
        ("a  b", "<div>a \u00a0b</div>"),
    ],
)
def test_html_of_text(text: str, expected: str) -> None:
    assert text_to_html(text) == expected


def test_flowed_text_is_joined() -> None:
    assert (
        text_to_html("one \ntwo\n-- \nsig", flowed=True) == "<div>one two</div><div>-- </div><div>sig</div>"
    )
    assert text_to_html("> a \n> b\n c", flowed=True) == "<blockquote><div>a b</div></blockquote><div>c</div>"
    assert text_to_html("日 \n本", flowed=True, delete_space=True) == "<div>日本</div>"
    assert text_to_html("one \ntwo") == "<div>one </div><div>two</div>"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "see https://x.test/a?b=1&c=2.",
            f'see <a href="https://x.test/a?b=1&amp;c=2"{REL}>https://x.test/a?b=1&amp;c=2</a>.',
        ),
        ("(http://x.test/a_(b))", f'(<a href="http://x.test/a_(b)"{REL}>http://x.test/a_(b)</a>)'),
        ("www.x.test", f'<a href="https://www.x.test"{REL}>www.x.test</a>'),
        ("<ann@example.org>", f'&lt;<a href="mailto:ann@example.org"{REL}>ann@example.org</a>&gt;'),
        ("mailto:a@b.test", f'<a href="mailto:a@b.test"{REL}>mailto:a@b.test</a>'),
        ("javascript:alert(1) data:text/html,x", "javascript:alert(1) data:text/html,x"),
        ('http://x.test/"onclick="x', f'<a href="http://x.test/"{REL}>http://x.test/</a>"onclick="x'),
        ("no@dot", "no@dot"),
    ],
)
def test_addresses_become_links(line: str, expected: str) -> None:
    assert linkify(line) == expected


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_nothing_raises_and_markup_in_text_is_escaped(text: str) -> None:
    to_text(text)
    words(text)
    assert "<script" not in text_to_html(f"<script>{text}</script>")


@pytest.mark.parametrize(
    "piece",
    [
        "http://",
        "a@",
        "a.",
        "a@b.",
        "www.",
        ")",
        "(",
        "http://x)",
        ">",
        "> ",
        "<",
        "<a",
        "&",
        "<!--",
        "<svg>",
        "mailto:",
        "<b>",
        "<a href=x>",
    ],
)
def test_hostile_texts_take_linear_time(piece: str, within) -> None:
    text = piece * (300_000 // len(piece))

    within(text_to_html, text)
    within(to_text, text)
    within(words, text)
