"""What holds for any bytes, and for any message put together by the rules."""

from __future__ import annotations

from dataclasses import dataclass, fields

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats.bodystructure import structures
from backend.formats.envelope import envelope
from backend.formats.mime import Limits, Part, decode_part, pack, part_text, scan, unpack
from backend.formats.sections import section
from backend.formats.structure import bodies
from backend.formats.summary import Summary, summarize

_PIECES = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xc3\xbc",
    b" ",
    b"\t",
    b"x",
    b":",
    b";",
    b'"',
    b"--",
    b"--b",
    b"--b--",
    b"--c\r\n",
    b"\r\n--b\r\n",
    b"\n--c--\n",
    b"Content-Type: multipart/mixed; boundary=b\r\n",
    b'Content-Type: multipart/digest; boundary="c"\r\n',
    b"Content-Type: message/rfc822\n",
    b"Content-Type: text/html\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%FF; filename*1=x\r\n",
    b"Content-ID: <a@b>\r\n",
    b"From: a <b@c>\r\n",
    b"To: x:y@z,;\r\n",
    b"Subject: =?utf-8?Q?=C3?=\r\n",
    b"Date: 1 Jan 2020 00:00 +0000\r\n",
    b"Message-ID: <a\0b@c>\n",
    b"Content-Type: text/plain; charset=utf-7\n",
    b"+2AA-",
    b"&#0;",
    b"=?utf-7?Q?+2AA-?=",
    b"<p>&#x41;<style>",
    b"begin 644 x\n",
    b"=3D",
    b"AAAA====",
]
hostile = st.lists(st.sampled_from(_PIECES) | st.binary(max_size=6), max_size=40).map(b"".join)


def check_offsets(part: Part, low: int, high: int) -> None:
    assert low <= part.header_start <= part.body_start <= part.end <= high
    position = part.body_start
    for child in part.children:
        check_offsets(child, position, part.end)
        position = child.end
    if part.message is not None:
        check_offsets(part.message, part.body_start, part.end)


@given(hostile)
@settings(max_examples=500)
def test_any_bytes_give_a_tree_within_bounds(raw: bytes) -> None:
    root = scan(raw)

    check_offsets(root, 0, len(raw))
    assert (root.header_start, root.end) == (0, len(raw))
    assert unpack(pack(root)) == root


@given(hostile)
@settings(max_examples=300)
def test_everything_made_of_any_bytes_can_be_made(raw: bytes) -> None:
    root = scan(raw, Limits(depth=4, parts=6))

    full, short = structures(root)
    assert full.count(b"(") >= short.count(b"(") > 0
    assert envelope(raw, root).startswith(b"(")
    found = bodies(root)
    for part in (*found.text, *found.html, *found.inline, *found.attachments, *found.wrapping):
        decode_part(raw, part)
        part_text(raw, part)
    for spec in ("", "1", "1.1", "TEXT", "HEADER", "1.MIME", "2.HEADER", "HEADER.FIELDS (TO)"):
        section(raw, root, spec)
    summary = summarize(raw)
    assert len(summary.preview) <= 200
    for text in vars_of(summary):
        assert "\0" not in text  # PostgreSQL takes no NUL
        text.encode("utf-8")
    assert summary.head.endswith(b"\r\n")


def vars_of(summary: Summary) -> list[str]:
    values = [getattr(summary, field.name) for field in fields(summary)]
    texts = [value for value in values if isinstance(value, str)]
    return texts + [text for value in values if isinstance(value, tuple) for text in value]


@dataclass(frozen=True)
class Leaf:
    type: bytes
    body: bytes


@dataclass(frozen=True)
class Multi:
    children: tuple[Leaf | Multi, ...]


_bodies = st.text(alphabet="ab -=\n.", max_size=40).map(lambda text: text.encode())
_leaves = st.builds(Leaf, st.sampled_from([b"text/plain", b"text/html", b"application/pdf"]), _bodies)
_trees = st.recursive(
    _leaves, lambda inner: st.builds(Multi, st.lists(inner, min_size=1, max_size=4).map(tuple)), max_leaves=12
)


def write(node: Leaf | Multi, line: bytes, numbers: list[int]) -> bytes:
    if isinstance(node, Leaf):
        return b"Content-Type: " + node.type + line + line + node.body.replace(b"\n", line)
    numbers[0] += 1
    boundary = b"=_%d" % numbers[0]  # one begins like another
    parts = b"".join(line + b"--" + boundary + line + write(child, line, numbers) for child in node.children)
    kind = b'Content-Type: multipart/mixed; boundary="' + boundary + b'"'
    return kind + line + line + b"preamble" + parts + line + b"--" + boundary + b"--" + line


def check_found(raw: bytes, part: Part, node: Leaf | Multi, line: bytes) -> None:
    if isinstance(node, Leaf):
        assert part.content_type.encode() == node.type
        assert raw[part.body_start : part.end] == node.body.replace(b"\n", line)
        return
    assert part.content_type == "multipart/mixed"
    assert len(part.children) == len(node.children)
    for child, wanted in zip(part.children, node.children, strict=True):
        check_found(raw, child, wanted, line)


@given(_trees, st.sampled_from([b"\r\n", b"\n"]))
@settings(max_examples=300)
def test_parts_of_a_well_formed_message_are_found_exactly(node: Leaf | Multi, line: bytes) -> None:
    raw = write(node, line, [0])

    check_found(raw, scan(raw), node, line)
