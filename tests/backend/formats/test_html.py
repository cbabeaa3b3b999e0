from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from backend.formats.css import Styles
from backend.formats.html import MAX_CHARS, SafeHtml, sanitize
from backend.formats.html_shape import ATTRIBUTES, MAX_DEPTH, TAGS, balance


def clean(html: str, *, show_remote: bool = False) -> SafeHtml:
    return sanitize(
        html,
        part_url=lambda cid: f"/files/7/{cid}" if cid == "logo@x" else None,
        show_remote=show_remote,
        image_url=lambda url: f"/img/{url.encode().hex()}",
    )


def inner(html: str) -> str:
    """What stands inside the wrapper."""
    found = clean(html).html
    return found[found.index('<div class="m-body"') :].partition(">")[2].removesuffix("</div>")


# One vector a line; what matters is only that nothing of them acts.
_CORPUS = Path(__file__).parents[2] / "fixtures" / "html" / "hostile.txt"
VECTORS = _CORPUS.read_text("utf-8").splitlines()


def assert_harmless(found: SafeHtml, *, allows_remote: bool = False) -> None:
    document = LexborHTMLParser(f"<!DOCTYPE html><body>{found.html}")
    assert document.body is not None
    for node in document.body.traverse():
        assert node.tag in TAGS | {"style", "body"}, node.tag
        for name, value in node.attributes.items():
            assert name in ATTRIBUTES | {"data-blocked-src", "target", "rel"}, name
            text = re.sub(r"[\0-\x20]", "", value or "").lower()
            if name == "href":
                assert text.startswith(("http://", "https://", "mailto:", "tel:", "#"))
            elif name in ("src", "background"):
                assert text.startswith(("/files/", "/img/", "data:image/")), value
                assert not text.startswith("data:image/svg")
            elif name == "usemap":
                assert text.startswith("#")
        if node.tag in ("a", "area") and "href" in node.attributes:
            assert node.attributes["target"] == "_blank"
            assert node.attributes["rel"] == "noopener noreferrer"
    css = " ".join(
        [node.text() for node in document.css("style")]
        + [node.attributes.get("style") or "" for node in document.css("[style]")]
    ).lower()
    for word in (
        "@import",
        "@font-face",
        "expression",
        "behavior",
        "-moz-binding",
        "javascript",
        "fixed",
        "absolute",
        "vh",
        "vw",
        "vmin",
        "evil.test" if not allows_remote else "\0",
        "\\",
        "var(",
    ):
        assert word not in css, word
    for target in re.findall(r"url\(\s*[\"']?([^\"')]*)", css):
        assert target.startswith(("/files/", "/img/", "data:image/"))


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 100


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize(
    "frame", ["{}", "<p>before {} after</p>", "<table><tr><td>{}</table>", "<b><i>{}</b></i>"]
)
def test_hostile_html_does_nothing(vector: str, frame: str) -> None:
    html = frame.replace("{}", vector)

    assert_harmless(clean(html))
    assert_harmless(clean(html, show_remote=True), allows_remote=True)


_FRAGMENTS = st.sampled_from(
    [
        *VECTORS,
        *"<>\"'=/ &;:{}()!-\\\0\n",
        "<!--",
        "-->",
        "<style>",
        "</style>",
        "<svg>",
        "</svg>",
        "<table>",
        "<p ",
        'style="',
        "url(",
        "@import",
        "</p>",
        "&lt;",
        "&#x3c;",
        "onerror=",
        "src=",
        "<td>",
        "<a href=",
    ]
)


@given(st.lists(_FRAGMENTS, max_size=12).map("".join))
@settings(max_examples=250, deadline=None)
def test_hostile_html_in_any_order_does_nothing(html: str) -> None:
    assert_harmless(clean(html))


def test_structure_of_ordinary_mail_survives() -> None:
    html = (
        '<div dir="ltr"><h1>Title</h1><p align="center" style="color: #333; font: 14px/1.4 Arial">'
        '<b>bold</b> <font color="red" face="Arial">red</font><br>'
        '<a href="https://x.test/?a=1&amp;b=2">link</a></p>'
        '<table width="600" bgcolor="#ffffff"><tbody><tr><td valign="top" colspan="2">cell</td></tr>'
        "</tbody></table><ul><li>one</li><li>two</li></ul><blockquote>quote</blockquote></div>"
    )

    assert inner(html) == (
        '<div dir="ltr"><h1>Title</h1><p align="center" style="color:#333;font:14px/1.4 Arial">'
        '<b>bold</b> <font color="red" face="Arial">red</font><br>'
        '<a href="https://x.test/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">link</a></p>'
        '<table width="600" bgcolor="#ffffff"><tbody><tr><td valign="top" colspan="2">cell</td></tr>'
        "</tbody></table><ul><li>one</li><li>two</li></ul><blockquote>quote</blockquote></div>"
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<b>a<i>b</b>c</i>d", "<b>a<i>b</i></b><i>c</i>d"),
        (
            "<p><font color=red>a<div>b</div>",
            '<p><font color="red">a</font></p><font color="red"><div>b</div></font>',
        ),
        ("<table><tr><td>a</div></table></td>b", "<table><tbody><tr><td>a</td></tr></tbody></table>b"),
        ("</p></b>a</br>", "a<br>"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<p", ""),
        ("a<!-- b -->c", "ac"),
    ],
)
def test_broken_markup_is_mended(html: str, expected: str) -> None:
    assert inner(html) == expected


def test_pictures_of_the_message_are_shown_and_remote_ones_counted() -> None:
    html = '<img src="cid:logo@x"><img src="cid:none"><img src="https://t.test/a.png?b=1&amp;c=2" width="1">'
    hidden, shown = clean(html), clean(html, show_remote=True)

    assert (
        '<img src="/files/7/logo@x"><img><img data-blocked-src="https://t.test/a.png?b=1&amp;c=2" width="1">'
        in (hidden.html)
    )
    assert hidden.blocked_images == 1
    assert f'<img src="/img/{b"https://t.test/a.png?b=1&c=2".hex()}" width="1">' in shown.html
    assert shown.blocked_images == 0


def test_backgrounds_are_pictures_too() -> None:
    html = '<td background="http://t.test/1"><p style="color:red;background:url(http://t.test/2)">x</p>' + (
        '<p style="background:url(cid:logo@x) no-repeat">y</p>'
    )
    found = clean(f"<table><tr>{html}</table><style>p {{ background: url(http://t.test/3) }}</style>")

    assert found.blocked_images == 3
    assert 'style="color:red"' in found.html
    assert 'style="background:url(&quot;/files/7/logo@x&quot;) no-repeat"' in found.html


def test_a_picture_takes_no_name_of_the_document() -> None:
    assert inner("<img name=body alt=x><a name=top>x</a>") == (
        '<img alt="x"><a name="top" target="_blank" rel="noopener noreferrer">x</a>'
    )


def test_body_becomes_the_wrapper() -> None:
    found = clean(
        '<html><body bgcolor="#eeeeee" text="navy" style="margin:0;position:fixed" dir=rtl onload=x>a</body>'
    )

    assert found.html == (
        '<div class="m-body" dir="rtl" style="color:navy;background-color:#eeeeee;margin:0">a</div>'
    )


def test_style_sheets_are_confined() -> None:
    css = """
      /* comment */ body, html { margin: 0 } html body p.x > a:hover { color: red !important }
      td, #id .c { width: 50%; width: 10vw; behavior: url(x) } * { font: 12px "A B", serif }
      @media only screen and (max-width: 600px) { .m { display: block; position: absolute } }
      @font-face { font-family: z } @page { margin: 1px } .empty { } .bad { color: url(http://x.test) }
    """

    assert clean(f"<head><style>{css}</style></head>x").html == (
        "<style>.m-body,.m-body{margin:0}.m-body p.x > a:hover{color:red!important}"
        '.m-body td,.m-body #id .c{width:50%}.m-body *{font:12px "A B", serif}'
        "@media only screen and (max-width: 600px){.m-body .m{display:block}}</style>"
        '<div class="m-body">x</div>'
    )


def test_facts_about_the_document() -> None:
    assert clean("<blockquote>x</blockquote>").has_quote
    assert clean('<div class="gmail_quote">x</div>').has_quote
    assert not clean("<p>blockquote</p>").has_quote
    assert clean("<style>@media (prefers-color-scheme: dark) { p { color: #fff } }</style>x").dark_friendly
    assert clean('<meta name="color-scheme" content="light dark">x').dark_friendly
    assert not clean("<p>dark</p>").dark_friendly
    assert not clean("x").is_truncated
    assert clean("x" * (MAX_CHARS + 1)).is_truncated
    assert clean("<br>" * 200_000).is_truncated


def test_markup_is_never_deeper_than_allowed() -> None:
    html = balance("<div>" * 5000 + "x" + "<span><li></span><span><dd></span>" * 500).html

    depth = deepest = 0
    for tag in re.findall(r"</?[a-z]", html):
        depth += -1 if tag[1] == "/" else 1
        deepest = max(deepest, depth)
    assert (depth, deepest) == (0, MAX_DEPTH)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 400_000,
        "<b>" * 300_000,
        "<table><tr><td>" * 100_000,
        "".join(f"<font size={n}>" for n in range(1000)) + "<p>" * 100_000,
        "<b><p></b>" * 100_000,
        "<p " + " ".join(f"a{n}=b" for n in range(200_000)) + ">",
        "<ul><li>" * 200_000,
        "<" * 2_000_000,
        "<!--" * 500_000,
        '<p a="' * 300_000,
        "<style>" * 200_000,
        "<svg>" * 300_000,
        '<p style="' + "(" * 500_000 + '">',
        "<style>" + "@media x{" * 20_000,
        "<style>" + "a{b:c}" * 40_000 + "</style>",
        "".join(f'<p style="x:url({n})">' for n in range(50_000)),
        "&amp;" * 400_000,
    ],
    ids=range(17),
)
def test_hostile_documents_take_bounded_time(html: str, within) -> None:
    within(clean, html, seconds=20.0)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("color:red", "color:red"),
        (" COLOR : Red ; ; ", "color:Red"),
        ("color:rgb(1, 2, 3);margin:0 auto!important", "color:rgb(1, 2, 3);margin:0 auto!important"),
        ("width:calc(100% - 2px)", "width:calc(100% - 2px)"),
        ("background:linear-gradient(red, blue)", "background:linear-gradient(red, blue)"),
        ("font-family:'A B',\"C\"", "font-family:'A B',\"C\""),
        ("position:relative;position:fixed;top:1px", "position:relative"),
        ("mso-line-height-rule:exactly;color:red", "color:red"),
        ("width:100vw;height:1em", "height:1em"),
        ("color:red;}body{x:y", "color:red"),
        ("color:{red}", ""),
        ("color:red;@import 'x'", "color:red"),
        ("color:re\\64", "color:red"),
        ("background:url(cid:a) no-repeat;color:red", 'background:url("/a") no-repeat;color:red'),
        ("background:url('cid:a'),url( \"cid:b\" )", 'background:url("/a"),url("/b")'),
        ("background:url(cid:a),url(http://x.test/);margin:0", "margin:0"),
        ("background:url(cid:a\\62)", 'background:url("/ab")'),
        ("background:url(cid:a);font-family:'url(cid:b)'", 'background:url("/a");font-family:"url(cid:b)"'),
        ("behavior:url(cid:a);color:red", "color:red"),
        ("background:xurl(cid:a)", ""),
        ("background:url()", ""),
        ("", ""),
    ],
)
def test_inline_styles(style: str, expected: str) -> None:
    styles = Styles(lambda url: f"/{url[4:]}" if url.startswith("cid:") else None)

    assert styles.inline(style) == expected


@given(st.text(alphabet="abc:;{}()\"'\\/*@<>!,. 1%#\n\0", max_size=60))
@settings(max_examples=300)
def test_styles_never_raise_and_never_leave_their_block(css: str) -> None:
    styles = Styles(lambda url: None)

    assert not set("<{}@\\") & set(styles.inline(css))
    sheet = styles.sheet(css)
    assert "<" not in sheet
    assert sheet.count("{") == sheet.count("}")
