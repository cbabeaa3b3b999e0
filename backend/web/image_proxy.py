"""Remote pictures of a message, fetched by the server so that the sender learns nothing of the reader.

A picture is named by its message and its place among the message's remote pictures, so only what stands in
mail of the asker's own account is ever fetched.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from backend.kit.errors import NotFound, PermissionDenied
from backend.mailstore import shared_messages
from backend.submission import parts, rendering, shown_images
from backend.web import remote_images
from backend.web.access import account_of, answering
from backend.web.security_headers import FILE_POLICY


@answering
async def image(request: Request) -> Response:
    """The picture at `/img/{message_id}/{index}`, or with the path of an attached message between them."""
    account_id = await account_of(request)
    message_id, index = request.path_params["message_id"], request.path_params["index"]
    raw = await shared_messages.read(account_id, message_id)
    if not await shown_images.are_allowed(account_id):
        raise PermissionDenied("Remote images are not shown here")
    path = request.path_params.get("path")
    urls = rendering.remote_images(raw if path is None else parts.message_in(parts.find(raw, path)))
    if index >= len(urls):
        raise NotFound("The message has no such picture")
    picture = await remote_images.fetch(urls[index])
    return Response(
        picture.content,
        media_type=picture.content_type,
        headers={"Cache-Control": "private, max-age=86400", "Content-Security-Policy": FILE_POLICY},
    )
