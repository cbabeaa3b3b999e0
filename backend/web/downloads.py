"""Attachments, inline pictures and raw messages of the asker's own account.

Nothing is ever shown as a page of our origin: everything is an attachment, sandboxed and not sniffed, but
pictures of harmless types that a message shows inline.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from backend.formats.content import decode_part
from backend.formats.file_names import content_disposition
from backend.formats.mime import scan
from backend.kit.errors import NotFound
from backend.mailstore import shared_messages
from backend.web.access import account_of, answering
from backend.web.security_headers import FILE_POLICY

INLINE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@answering
async def part(request: Request) -> Response:
    """One part of a message, decoded."""
    account_id = await account_of(request)
    raw_message = await shared_messages.read(account_id, request.path_params["message_id"])
    number = request.path_params["part"]
    for found in scan(raw_message).walk():
        if found.number == number and not found.children:
            break
    else:
        raise NotFound("The message has no such part")
    content = decode_part(raw_message, found)
    if request.query_params.get("inline") == "1" and found.content_type in INLINE_TYPES:
        return _answer(content, found.content_type, "inline", found.filename or "picture")
    return _answer(content, "application/octet-stream", "attachment", found.filename or f"part-{number}")


@answering
async def raw(request: Request) -> Response:
    """The whole message as it is stored."""
    account_id = await account_of(request)
    message_id = request.path_params["message_id"]
    content = await shared_messages.read(account_id, message_id)
    return _answer(content, "application/octet-stream", "attachment", f"message-{message_id}.eml")


def _answer(content: bytes, content_type: str, disposition: str, name: str) -> Response:
    return Response(
        content,
        media_type=content_type,
        headers={
            "Content-Disposition": content_disposition(disposition, name),
            "Content-Security-Policy": FILE_POLICY,
            "Cache-Control": "private, max-age=3600",
        },
    )
