"""Pages of mailing lists that need no sign-in: leaving a list by one click (RFC 8058), confirming a request.

GET shows a page with a button and changes nothing; POST does it, whatever its body says.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.formats.list_tokens import Purpose
from backend.kit.errors import LimitExceeded, NotFound
from backend.kit.languages import said
from backend.submission.lists import links
from backend.submission.lists.links import Link
from backend.web.access import Handler, answering
from backend.web.plain_pages import shown


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
                return shown(link.mailing_list.title, await links.follow(link))
        except NotFound as missing:
            return shown(said("This link does nothing"), missing.public, status=404)
        except LimitExceeded as full:
            return shown(said("This is not possible now"), full.public, status=409)
        return _asked(link)

    return page


def _asked(link: Link) -> Response:
    title = link.mailing_list.title
    if not link.address:
        return shown(title, "There is nothing to do: this has been answered, or it is too old.")
    if link.is_joining:
        text = f"{link.address} comes onto {link.mailing_list.address}."
        return shown(said(f"Join {title}?"), text, "Join")
    return shown(
        said(f"Leave {title}?"), f"{link.address} leaves {link.mailing_list.address}.", "Unsubscribe"
    )
