"""Files for drafts: one request, one file, straight into a blob.

The body is the file itself; `X-File-Name` holds its percent-encoded name. What is not used in a draft
within a day is removed by a job.
"""

from __future__ import annotations

from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from backend.directory import settings
from backend.formats.file_names import safe_name
from backend.kit.errors import TooLarge
from backend.submission import uploads as upload_verbs
from backend.web.access import account_of, answering

# Base64 adds a third: a file that cannot fit into a message is refused before it is read.
ENCODING_FACTOR = 4 / 3


@answering
async def upload(request: Request) -> Response:
    """Store one file; answers its id, name and size."""
    account_id = await account_of(request)
    limit = int(await settings.get_number("message.max_bytes", user_id=account_id) / ENCODING_FACTOR)
    content = await _read(request, limit)
    name = safe_name(unquote(request.headers.get("x-file-name", ""))) or "attachment"
    content_type = request.headers.get("content-type", "application/octet-stream")
    stored = await upload_verbs.store(account_id, name, content_type, content)
    return JSONResponse(
        {"id": str(stored.id), "name": stored.name, "size": stored.size_bytes}, status_code=201
    )


async def _read(request: Request, limit: int) -> bytes:
    if int(request.headers.get("content-length") or 0) > limit:
        raise TooLarge(f"A file may have at most {limit // 1_000_000} MB")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise TooLarge(f"A file may have at most {limit // 1_000_000} MB")
    return bytes(content)
