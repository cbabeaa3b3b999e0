"""Small pages for people who are not signed in: no script, nothing from elsewhere."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from backend.kit.languages import language, said

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>{title}</title>
<style>:root{{color-scheme:light dark}}
body{{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.6 system-ui,sans-serif;
background:light-dark(#f6f7f7,#101516);color:light-dark(#182427,#e6ecec)}}
main{{max-width:30rem;padding:2rem}}
h1{{font-size:1.4rem;line-height:1.3;margin:0 0 .75rem;overflow-wrap:anywhere}}
p{{margin:0 0 1.25rem;overflow-wrap:anywhere}}label{{display:block;margin:0 0 1rem}}
input{{display:block;box-sizing:border-box;width:100%;margin-top:.25rem;padding:.55rem .7rem;font:inherit;
color:inherit;background:transparent;border:1px solid light-dark(#8b9799,#63706f);border-radius:.5rem}}
button{{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.5rem;cursor:pointer;
background:light-dark(#0b6b61,#58c7b8);color:light-dark(#fff,#08201d)}}
:is(button,input):focus-visible{{outline:2px solid currentColor;outline-offset:2px}}</style></head>
<body><main><h1>{title}</h1><p>{text}</p>{form}</main></body></html>"""
_FORM = '<form method="post">{fields}<button type="submit">{label}</button></form>'


def shown(title: str, text: str, label: str = "", *, fields: str = "", status: int = 200) -> Response:
    """A page with a title and a sentence; with a label a button that posts `fields` (HTML) back. The sentence
    and the label are put into the reader's language, the title may be somebody's own.
    """
    form = _FORM.format(fields=fields, label=escape(said(label))) if label else ""
    return Response(
        PAGE.format(language=language.get(), title=escape(title), text=escape(said(text)), form=form),
        status_code=status,
        media_type="text/html",
        headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"},
    )
