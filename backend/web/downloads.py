"""Attachments, inline pictures and raw messages of the asker's own account.

Nothing is ever shown as a page of our origin: everything is an attachment, sandboxed and not sniffed, but
pictures of harmless types, and PDF for the browser's own viewer.
"""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from backend.formats.file_names import content_disposition
from backend.mailstore import shared_messages
from backend.operations import export
from backend.submission import parts, rendering
from backend.submission.rendering import Preview
from backend.web import archive
from backend.web.access import account_of, answering
from backend.web.security_headers import FILE_POLICY

# A sandbox would keep the browser's viewer away. It runs in a process of its own and knows nothing of our
# origin; scripts of the document stay inside of it.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


@answering
async def part(request: Request) -> Response:
    """One part of a message, decoded; the path may lead into attached messages."""
    account_id = await account_of(request)
    raw_message = await shared_messages.read(account_id, request.path_params["message_id"])
    number = request.path_params["part"]
    found = parts.find(raw_message, number)
    name = found.part.filename
    if request.query_params.get("inline") == "1":
        match rendering.preview_of(found.part):
            case Preview.IMAGE:
                return _answer(found.content, found.part.content_type, "inline", name or "picture")
            case Preview.PDF:
                return _answer(found.content, "application/pdf", "inline", name or "document.pdf", PDF_POLICY)
    name = name or f"part-{number.replace(parts.STEP, '-')}"
    return _answer(found.content, "application/octet-stream", "attachment", name)


@answering
async def every_part(request: Request) -> Response:
    """All attachments of a message as one archive, written while it is sent."""
    account_id = await account_of(request)
    message_id = request.path_params["message_id"]
    raw_message = await shared_messages.read(account_id, message_id)
    return StreamingResponse(
        archive.of_attachments(raw_message),
        media_type="application/zip",
        headers=_headers("attachment", f"message-{message_id}.zip", FILE_POLICY),
    )


@answering
async def everything(request: Request) -> Response:
    """All mail of the asker's account, an mbox file for each mailbox; HEAD only tells whether it is given."""
    pieces = export.archive(await account_of(request))
    await anext(pieces)  # a refusal comes before the answer has begun
    name = f"mail {datetime.now(UTC):%Y-%m-%d}.zip"
    headers = _headers("attachment", name, FILE_POLICY) | {"Cache-Control": "no-store"}
    if request.method == "HEAD":
        await pieces.aclose()
        return Response(media_type="application/zip", headers=headers)
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


@answering
async def raw(request: Request) -> Response:
    """The whole message as it is stored."""
    account_id = await account_of(request)
    message_id = request.path_params["message_id"]
    content = await shared_messages.read(account_id, message_id)
    return _answer(content, "application/octet-stream", "attachment", f"message-{message_id}.eml")


def _answer(
    content: bytes, content_type: str, disposition: str, name: str, policy: str = FILE_POLICY
) -> Response:
    return Response(content, media_type=content_type, headers=_headers(disposition, name, policy))


def _headers(disposition: str, name: str, policy: str) -> dict[str, str]:
    return {
        "Content-Disposition": content_disposition(disposition, name),
        "Content-Security-Policy": policy,
        "Cache-Control": "private, max-age=3600",
    }
