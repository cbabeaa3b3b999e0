"""Large files as links: the upload of their owner, and the page where anyone who has the link downloads.

GET shows a page and changes nothing, so that a program that looks into mail downloads nothing; POST sends the
file, always as an attachment.
"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from backend.directory.setting_key import show_bytes
from backend.formats.file_names import content_disposition, safe_name
from backend.kit import config, ratelimit
from backend.kit.errors import InvalidSyntax, NotFound, PermissionDenied, TooLarge
from backend.kit.languages import said
from backend.submission import file_links
from backend.submission.file_links import FileLink
from backend.web.access import account_of, answering
from backend.web.plain_pages import shown
from backend.web.security_headers import FILE_POLICY

LONGEST_FORM = 4096
LONGEST_TOKEN = 64
# Of one link, and of one address that asks for links there are none of or gives wrong passwords.
DOWNLOADS, DOWNLOADS_S = 120, 3600.0
GUESSES, GUESSES_S = 20, 600.0
_PASSWORD = '<label>{}<input type="password" name="password" autocomplete="off" required autofocus></label>'


@answering
async def upload(request: Request) -> Response:
    """Store one file; answers its address, which is not told again."""
    account_id = await account_of(request)
    size = request.headers.get("content-length", "")
    await file_links.require_room(account_id, int(size) if size.isdigit() and len(size) < 16 else 0)
    days = request.headers.get("x-days", "")
    if not days.isdigit() or len(days) > 4:
        raise InvalidSyntax("X-Days says for how many days the file is kept")
    link, token = await file_links.create(
        account_id,
        safe_name(unquote(request.headers.get("x-file-name", ""))) or "file",
        request.headers.get("content-type", ""),
        request.stream(),
        days=int(days),
    )
    return JSONResponse(
        {
            "id": str(link.id),
            "name": link.name,
            "size": link.size_bytes,
            "url": f"{_origin(request)}/links/{token}",
            "expiresAt": datetime.fromtimestamp(link.expires_at, UTC).isoformat().replace("+00:00", "Z"),
        },
        status_code=201,
    )


def _origin(request: Request) -> str:
    """The name this installation goes by; where one works on the machine itself, what was asked."""
    host = request.url.netloc
    if request.url.hostname in ("localhost", "127.0.0.1", "::1"):
        return f"{request.url.scheme}://{host}"
    return f"https://{config.current().hostname}"


@answering
async def page(request: Request) -> Response:
    """What lies behind a link, or the file itself."""
    peer = request.client.host if request.client else ""
    guesses = f"link-guess:{peer}"
    if not (await ratelimit.peek(guesses, GUESSES, GUESSES_S, fail_open=False)).allowed:
        return shown(said("Please wait"), "Too many attempts. Try again in some minutes.", status=429)
    try:
        link = await file_links.find(request.path_params["token"][:LONGEST_TOKEN])
    except NotFound as missing:
        await ratelimit.take(guesses, GUESSES, GUESSES_S, fail_open=False)
        return shown(said("Nothing is here"), missing.public, status=404)
    if request.method != "POST":
        return _asked(link)
    if not (await ratelimit.take(f"link:{link.id}", DOWNLOADS, DOWNLOADS_S, fail_open=True)).allowed:
        return shown(link.name, "This file is downloaded very often just now. Try again later.", status=429)
    try:
        content = await file_links.open_file(link, await _password(request))
    except PermissionDenied as refused:
        await ratelimit.take(guesses, GUESSES, GUESSES_S, fail_open=False)
        return shown(link.name, refused.public, "Download", fields=_password_field(), status=403)
    return StreamingResponse(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition("attachment", link.name),
            "Content-Length": str(link.size_bytes),
            "Content-Security-Policy": FILE_POLICY,
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        },
    )


def _asked(link: FileLink) -> Response:
    until = datetime.fromtimestamp(link.expires_at, UTC)
    text = f"{show_bytes(link.size_bytes)}, kept until {until:%Y-%m-%d}."
    return shown(link.name, text, "Download", fields=_password_field() if link.password_hash else "")


def _password_field() -> str:
    return _PASSWORD.format(said("Password"))


async def _password(request: Request) -> str:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise TooLarge("That form is too long")
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=5).get("password", [""])[0]
    except ValueError as exc:
        raise InvalidSyntax("That form has too many fields") from exc
