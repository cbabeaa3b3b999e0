"""A message's sanitised body as a document of its own, for its own window and for print."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import Response

from backend.mailstore import shared_messages
from backend.submission import rendering, shown_images
from backend.web.access import account_of, answering

POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin; default-src 'none'; "
    "img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
<style>html,body{{margin:0;background:#fff;color:#182427;font:16px/1.6 system-ui,sans-serif}}
body{{padding:24px}}img{{max-width:100%;height:auto}}
blockquote{{margin:0 0 0 8px;padding-left:12px;border-left:2px solid #ccc}}
pre{{white-space:pre-wrap}}</style></head><body class="m-body">{body}</body></html>"""


@answering
async def message_html(request: Request) -> Response:
    """The document at `/mail/html/{message_id}`; `?images=1` shows remote pictures through the proxy."""
    account_id = await account_of(request)
    message_id = request.path_params["message_id"]
    raw = await shared_messages.read(account_id, message_id)
    images = request.query_params.get("images") == "1" and await shown_images.are_allowed(account_id)
    body = rendering.render(raw, message_id, show_images=images)
    page = PAGE.format(title=escape(body.subject), body=body.html)
    return Response(
        page,
        media_type="text/html",
        headers={"Content-Security-Policy": POLICY, "Cache-Control": "private, no-store"},
    )
