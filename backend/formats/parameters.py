"""Values with parameters: Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231).

`parse_params` gives the value in lower case and the parameters decoded: continuations joined, charset and
percent encoding resolved, backslashes undone. Encoded words inside a quoted parameter are against the
standard but everywhere; they stay as they are here, and `clean_filename` decodes them. Linear, never raises.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from backend.formats import charsets
from backend.formats.encoded_words import decode, unfold
from backend.formats.file_names import safe_name

# Every branch runs to the next delimiter and gives nothing back, so the search stays linear.
_PARAM = re.compile(rb';[\s;]*+([^\s;="]++)\s*+=\s*+(?:"((?:[^"\\]++|\\.)*+)"?|([^;"]*+))', re.DOTALL)
_SECTION = re.compile(r"\*(?:(\d{1,4})(\*)?)?\Z")
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_NAMES_WITH_SPACES = frozenset({"name", "filename"})
_CACHED_BYTES = 120

Params = dict[str, str]


def parse_params(value: bytes) -> tuple[str, Params]:
    """Split `text/plain; charset="utf-8"` into its lower-case value and its parameters.

    Results of short values are shared between calls: do not change the dictionary.
    """
    return _parse_cached(value) if len(value) <= _CACHED_BYTES and b"boundary" not in value else _parse(value)


def _parse(value: bytes) -> tuple[str, Params]:
    value = unfold(value)
    head, semicolon, _ = value.partition(b";")
    main = head.partition(b"(")[0].strip().lower().decode("latin-1")
    params: Params = {}
    sections: dict[str, list[tuple[int, bool, bytes]]] = {}
    if not semicolon:
        return main, params
    for raw_name, quoted, plain in _PARAM.findall(value, len(head)):
        name = raw_name.lower().decode("latin-1")
        if plain:
            text = plain.strip() if name in _NAMES_WITH_SPACES else plain.partition(b"(")[0].split(None, 1)
            data = text if isinstance(text, bytes) else (text[0] if text else b"")
        else:
            data = _ESCAPE.sub(rb"\1", quoted) if b"\\" in quoted else quoted
        if "*" in name and (section := _SECTION.search(name)) is not None:
            base = name[: section.start()]
            is_extended = section[1] is None or section[2] is not None
            sections.setdefault(base, []).append((int(section[1] or 0), is_extended, data))
        elif name not in params:
            params[name] = data.decode("ascii") if data.isascii() else charsets.decode(data, guess=False)
    for base, pieces in sections.items():
        params[base] = _join(pieces)
    return main, params


_parse_cached = lru_cache(1024)(_parse)


def _join(pieces: list[tuple[int, bool, bytes]]) -> str:
    """Join RFC 2231 sections in order; the first missing number ends the value."""
    pieces.sort(key=lambda piece: piece[0])
    charset = ""
    out: list[bytes] = []
    for expected, (number, is_extended, data) in enumerate(pieces):
        if number != expected:
            break
        if is_extended:
            if number == 0 and data.count(b"'") >= 2:
                name, _, data = data.split(b"'", 2)
                charset = name.decode("latin-1")
            data = unquote_to_bytes(data)
        out.append(data)
    return charsets.decode(b"".join(out), charset, guess=False)


def clean_filename(name: str) -> str:
    """A file name as `file_names.safe_name` has it, encoded words decoded."""
    return safe_name(decode(name.encode("utf-8", "replace")) if "=?" in name else name)
