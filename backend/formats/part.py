"""The tree of a message's parts as offsets into its bytes, and its compact stored form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from backend.formats.parameters import Params


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one scan; what lies beyond becomes an opaque leaf, never an error."""

    depth: int = 50
    parts: int = 1000
    header_bytes: int = 256 * 1024


DEFAULT = Limits()


class Part(msgspec.Struct, array_like=True, gc=False):
    """One MIME part (RFC 2045, RFC 9051 §6.4.5); offsets count from the start of the whole message.

    `number` is the IMAP section: `""` for a multipart root, `1` for a root that is itself the only leaf,
    `2.1` below; the root of an embedded message has its parent's number when it is a multipart, else that
    and `.1`. `header_start` to `body_start` is the header with its empty line, `body_start` to `end` the
    body as transferred. Type, subtype, `cte` and `disposition` are in lower case; parameters are decoded
    and shared with other parts: read only. `description`, `language`, `location` and `md5` are as on the
    wire, one character for each byte. A message/rfc822 part holds the inner message in `message`, whose
    `envelope` is filled.
    """

    number: str
    header_start: int
    body_start: int
    end: int
    type: str = "text"
    subtype: str = "plain"
    params: Params = {}
    cte: str = "7bit"
    disposition: str = ""
    disposition_params: Params = {}
    filename: str = ""
    content_id: str = ""
    lines: int = 0
    description: str | None = None
    md5: str | None = None
    language: str | None = None
    location: str | None = None
    children: list[Part] = []
    message: Part | None = None
    envelope: bytes = b""

    @property
    def content_type(self) -> str:
        return f"{self.type}/{self.subtype}"

    @property
    def size_bytes(self) -> int:
        """Octets of the body as transferred."""
        return self.end - self.body_start

    @property
    def charset(self) -> str:
        return self.params.get("charset", "")

    def walk(self) -> Iterator[Part]:
        """This part and all below it in document order, those of embedded messages included."""
        stack = [self]
        while stack:
            part = stack.pop()
            yield part
            if part.message is not None:
                stack.append(part.message)
            elif part.children:
                stack.extend(reversed(part.children))

    def find(self, number: str) -> Part | None:
        """The part with that IMAP section number (`""` is this one), None if there is no such.

        The number of a message/rfc822 part names that part, not the root of the message inside.
        """
        if not number:
            return self
        return next((part for part in self.walk() if part.number == number), None)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Part)


def pack(part: Part) -> bytes:
    """The tree as msgpack, for storage."""
    return _encoder.encode(part)


def unpack(data: bytes) -> Part:
    """The tree that `pack` wrote."""
    return _decoder.decode(data)
