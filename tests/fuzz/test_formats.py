"""Real messages, damaged at random (with a fixed seed): nothing raises, offsets stay within bounds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.formats import dsn_reading, html, mime
from backend.formats.envelope import bodystructure, envelope, section
from backend.formats.structure import bodies
from backend.formats.summary import summarize

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_MESSAGES = sorted((_FIXTURES / "messages").glob("*.eml"))
_VECTORS = (_FIXTURES / "html" / "hostile.txt").read_text("utf-8")
_REMOTE_STYLE = re.compile(
    r"style=\"[^\"]*url\((?:&quot;)?(?!/|data:)|<style>[^<]*url\(\"(?!/|data:)", re.IGNORECASE
)
_TOKENS = [
    b"\r\n",
    b"\n",
    b"\0",
    b"\xff",
    b"--",
    b'"',
    b"(",
    b"<",
    b"=?",
    b"?=",
    b";",
    b"--outer\r\n",
    b":",
    b"=",
    b"%",
]


def damaged(raw: bytes, rng: random.Random, times: int) -> Iterator[bytes]:
    for _ in range(times):
        changed = bytearray(raw)
        for _ in range(rng.randrange(1, 8)):
            at = rng.randrange(len(changed) + 1)
            to = min(len(changed), at + rng.randrange(40))
            match rng.randrange(4):
                case 0:
                    del changed[at:to]
                case 1:
                    changed[at:at] = rng.choice(_TOKENS) * rng.randrange(1, 4)
                case 2:
                    changed[at:at] = changed[rng.randrange(len(changed) + 1) :][: rng.randrange(200)]
                case _:
                    changed[at:to] = rng.randbytes(to - at)
        yield bytes(changed)


@pytest.mark.parametrize("path", _MESSAGES, ids=lambda path: path.stem)
def test_damaged_messages_are_read(path: Path) -> None:
    for raw in damaged(path.read_bytes(), random.Random(path.stem), 60):
        root = mime.scan(raw)
        summarize(raw)
        envelope(raw, root)
        assert bodystructure(root).startswith(b"(")
        dsn_reading.read(raw, root)
        for part in root.walk():
            assert 0 <= part.header_start <= part.body_start <= part.end <= len(raw)
            mime.part_text(raw, part)
            section(raw, root, part.number)
        for part in bodies(root).html:
            html.sanitize(mime.part_text(raw, part), part_url=lambda cid: None)


def test_damaged_html_is_read() -> None:
    rng = random.Random(1)
    for raw in damaged(_VECTORS.encode(), rng, 150):
        text = raw.decode("utf-8", "replace")
        found = html.sanitize(text, part_url=lambda cid: None)

        assert "<script" not in found.html
        assert _REMOTE_STYLE.search(found.html) is None
        html.to_text(text)
