"""The SPA's files: hashed assets for a year, the page itself for every other path.

Files are read into memory once, with the gzip and Brotli forms that the build left beside them.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

IMMUTABLE = "public, max-age=31536000, immutable"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    encoded: dict[str, bytes]
    media_type: str
    cache_control: str


class Spa:
    """The built front-end in one folder; `index.html` answers every path that names no file."""

    def __init__(self, folder: Path) -> None:
        self._files = dict(_read(folder))
        self._index = self._files.get("index.html")

    async def __call__(self, request: Request) -> Response:
        """Serve the file that the path names, else the page."""
        path = request.url.path.lstrip("/")
        file = self._files.get(path)
        if file is None:
            if path.startswith("assets/"):
                return PlainTextResponse("Not found", status_code=404)
            file = self._index
        if file is None:
            return PlainTextResponse("The web interface is not built: run `make setup`", status_code=503)
        return _respond(file, request.headers.get("accept-encoding", ""))


def _read(folder: Path) -> list[tuple[str, _File]]:
    """Every file below the folder by its path, the build's own records left out."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        name = path.relative_to(folder).as_posix()
        if (
            not path.is_file()
            or path.suffix in (".br", ".gz", ".map")
            or name.startswith(".")
            or name == "persisted.json"
        ):
            continue
        encoded = {
            coding: form.read_bytes()
            for coding, suffix in ENCODINGS
            if (form := path.with_name(path.name + suffix)).is_file()
        }
        cache = IMMUTABLE if name.startswith("assets/") else "no-cache"
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        found.append((name, _File(path.read_bytes(), encoded, media_type, cache)))
    return found


def _respond(file: _File, accepted: str) -> Response:
    headers = {"Cache-Control": file.cache_control, "Vary": "Accept-Encoding"}
    for coding, _ in ENCODINGS:
        if coding in accepted and coding in file.encoded:
            return Response(
                file.encoded[coding],
                media_type=file.media_type,
                headers=headers | {"Content-Encoding": coding},
            )
    return Response(file.content, media_type=file.media_type, headers=headers)
