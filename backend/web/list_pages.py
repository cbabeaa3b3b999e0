"""Pages of mailing lists that need no sign-in: leaving a list by one click (RFC 8058), confirming a request.

GET shows a page with a button and changes nothing; POST does it, whatever its body says.
"""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.formats.list_tokens import Purpose
from backend.kit.errors import LimitExceeded, NotFound
from backend.submission.lists import links
from backend.submission.lists.links import Link
from backend.web.access import Handler, answering

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>
<style>:root{{color-scheme:light dark}}
body{{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.6 system-ui,sans-serif;
background:light-dark(#f6f7f7,#101516);color:light-dark(#182427,#e6ecec)}}
main{{max-width:30rem;padding:2rem}}h1{{font-size:1.4rem;line-height:1.3;margin:0 0 .75rem}}
p{{margin:0 0 1.25rem;overflow-wrap:anywhere}}
button{{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.5rem;cursor:pointer;
background:light-dark(#0b6b61,#58c7b8);color:light-dark(#fff,#08201d)}}
button:focus-visible{{outline:2px solid currentColor;outline-offset:2px}}</style></head>
<body><main><h1>{title}</h1><p>{text}</p>{form}</main></body></html>"""
_FORM = '<form method="post"><button type="submit">{label}</button></form>'


def routes() -> list[BaseRoute]:
    """Both pages."""
    return [
        Route("/lists/unsubscribe/{domain}/{token}", _page(Purpose.UNSUBSCRIBE), methods=["GET", "POST"]),
        Route("/lists/confirm/{domain}/{token}", _page(Purpose.CONFIRM), methods=["GET", "POST"]),
    ]


def _page(purpose: Purpose) -> Handler:
    @answering
    async def page(request: Request) -> Response:
        try:
            link = await links.read(request.path_params["domain"], request.path_params["token"], purpose)
            if request.method == "POST":
                return _shown(link.mailing_list.title, await links.follow(link))
        except NotFound as missing:
            return _shown("This link does nothing", missing.public, status=404)
        except LimitExceeded as full:
            return _shown("This is not possible now", full.public, status=409)
        return _asked(link)

    return page


def _asked(link: Link) -> Response:
    title = link.mailing_list.title
    if not link.address:
        return _shown(title, "There is nothing to do: this has been answered, or it is too old.")
    if link.is_joining:
        return _shown(f"Join {title}?", f"{link.address} comes onto {link.mailing_list.address}.", "Join")
    return _shown(f"Leave {title}?", f"{link.address} leaves {link.mailing_list.address}.", "Unsubscribe")


def _shown(title: str, text: str, label: str = "", *, status: int = 200) -> Response:
    form = _FORM.format(label=escape(label)) if label else ""
    return Response(
        PAGE.format(title=escape(title), text=escape(text), form=form),
        status_code=status,
        media_type="text/html",
        headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"},
    )
