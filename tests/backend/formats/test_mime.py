from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.formats.mime import DEFAULT, Limits, Part, decode_part, pack, part_text, scan, unpack

Message = Callable[[str], bytes]


def tree(part: Part) -> object:
    """`type/subtype`, or that and the children, for a glance at the structure."""
    if part.message is not None:
        return (part.content_type, tree(part.message))
    if part.children:
        return (part.content_type, [tree(child) for child in part.children])
    return part.content_type


def content(raw: bytes, root: Part, number: str) -> bytes:
    part = root.find(number)
    assert part is not None
    return raw[part.body_start : part.end]


def test_single_part_is_its_own_first_section(message: Message) -> None:
    raw = message("plain")
    root = scan(raw)

    assert (root.number, root.content_type, root.charset, root.cte) == ("1", "text/plain", "utf-8", "7bit")
    assert root.find("1") is root
    assert root.find("") is root
    assert root.find("2") is None
    assert (root.header_start, root.end) == (0, len(raw))
    assert raw[root.body_start :].startswith(b"On Fri, 21 Nov")
    assert root.lines == 9


def test_nested_multiparts_are_found_exactly(message: Message) -> None:
    raw = message("alternative_related_mixed")
    root = scan(raw)

    assert tree(root) == (
        "multipart/mixed",
        [
            ("multipart/alternative", ["text/plain", ("multipart/related", ["text/html", "image/png"])]),
            "application/pdf",
        ],
    )
    assert [part.number for part in root.walk()] == ["", "1", "1.1", "1.2", "1.2.1", "1.2.2", "2"]
    assert content(raw, root, "1.1") == b"Sch=C3=B6ne Gr=C3=BC=C3=9Fe"
    assert content(raw, root, "1.2.2") == b"iVBORw0KGgo="
    assert content(raw, root, "2") == b"JVBERi0xLjQK"


def test_names_and_identifiers_are_decoded(message: Message) -> None:
    root = scan(message("alternative_related_mixed"))
    image, pdf = root.find("1.2.2"), root.find("2")
    assert image is not None
    assert pdf is not None

    assert (image.filename, image.content_id, image.disposition) == ("logo.png", "logo@example.org", "inline")
    assert (pdf.filename, pdf.disposition) == ("Bericht über.pdf", "attachment")
    assert pdf.disposition_params == {"filename": "Bericht über.pdf"}


def test_parts_are_decoded(message: Message) -> None:
    raw = message("alternative_related_mixed")
    root = scan(raw)

    assert part_text(raw, root.children[0].children[0]) == "Schöne Grüße"
    assert decode_part(raw, root.children[0].children[1].children[1]) == b"\x89PNG\r\n\x1a\n"
    assert decode_part(raw, root.children[1]) == b"%PDF-1.4\n"


def test_embedded_messages_have_their_own_sections(message: Message) -> None:
    raw = message("forwarded")
    root = scan(raw)

    assert tree(root) == (
        "multipart/mixed",
        [
            "text/plain",
            ("message/rfc822", ("multipart/alternative", ["text/plain", "text/html"])),
            ("message/rfc822", "text/plain"),
        ],
    )
    assert [part.number for part in root.walk()] == ["", "1", "2", "2", "2.1", "2.2", "3", "3.1"]
    assert content(raw, root, "2.1") == b"inner text"
    assert content(raw, root, "3.1") == b"just a body"
    assert root.find("2") is root.children[1]


def test_digest_parts_are_messages_by_default() -> None:
    raw = b"Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: one\n\nbody\n--d--\n"

    assert tree(scan(raw)) == ("multipart/digest", [("message/rfc822", "text/plain")])


def test_bare_line_feeds_and_missing_terminator(message: Message) -> None:
    raw = message("broken_bare_lf")
    root = scan(raw)

    assert [content(raw, root, number) for number in ("1", "2")] == [b"one", b"two\n"]


def test_multipart_without_boundary_is_plain_text(message: Message) -> None:
    raw = message("broken_no_boundary")
    root = scan(raw)

    assert (root.number, root.content_type, root.children) == ("1", "text/plain", [])
    assert b"text that nobody should lose" in decode_part(raw, root)


@pytest.mark.parametrize("body", [b"", b"nothing", b"--b--\n", b"--bb\n\nx\n--bb--\n", b"x--b\n"])
def test_multipart_without_its_boundary_line_is_plain_text(body: bytes) -> None:
    assert tree(scan(b"Content-Type: multipart/mixed; boundary=b\n\n" + body)) == "text/plain"


def test_outer_boundary_ends_an_unterminated_inner_part(message: Message) -> None:
    raw = message("broken_nested_unterminated")
    root = scan(raw)

    assert tree(root) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html"]), "text/plain"],
    )
    assert content(raw, root, "1.2") == b"<b>inner two</b>"
    assert content(raw, root, "2") == b"second\r\n"


def test_boundary_lines_may_end_in_white_space_and_begin_like_others() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b \t\r\n\none\n--b2\n--b\n--b--x\n\n--b--  "

    assert [content(raw, scan(raw), number) for number in ("1", "2")] == [b"one\n--b2", b"--b--x\n"]


def test_empty_parts_do_not_overlap() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\n\r\n--b\r\n\r\n\r\n--b--"
    root = scan(raw)

    assert [part.size_bytes for part in root.children] == [0, 0, 0]
    assert all(a.end <= b.header_start for a, b in zip(root.children, root.children[1:], strict=False))


def test_line_that_is_no_field_does_not_hide_the_header(message: Message) -> None:
    raw = message("broken_mbox_line")
    root = scan(raw)

    assert raw[root.body_start :] == b"body\r\n"


def test_broken_base64_and_odd_charset_are_read(message: Message) -> None:
    raw = message("broken_base64")

    assert part_text(raw, scan(raw)) == "Hallo Welt"


def test_undeclared_8_bit_text_is_read(message: Message) -> None:
    raw = message("broken_8bit_headers")
    root = scan(raw)

    assert part_text(raw, root) == "Grüße aus Köln, schönes Wetter heute\n"
    assert root.filename == "für.txt"


@pytest.mark.parametrize(
    ("cte", "body", "expected"),
    [
        (b"base64", b"AAEC\r\nAw==", b"\0\1\2\3"),
        (b"base64", b"AAECAw", b"\0\1\2\3"),
        (b"base64", b"AAECA", b"\0\1\2"),
        (b"base64", b"!!!!", b""),
        (b"quoted-printable", b"a=3Db=\r\nc=ZZ =", b"a=bc=ZZ "),
        (b"x-uuencode", b"begin 644 x\n#0V%T\n`\nend\n", b"Cat"),
        (b"8bit", b"\xff", b"\xff"),
        (b"x-unknown", b"a=3D", b"a=3D"),
        (b"BASE64; x", b"AAEC", b"\0\1\2"),
    ],
)
def test_transfer_encodings(cte: bytes, body: bytes, expected: bytes) -> None:
    raw = b"Content-Transfer-Encoding: " + cte + b"\r\n\r\n" + body

    assert decode_part(raw, scan(raw)) == expected


def test_html_charset_is_taken_from_its_meta_element() -> None:
    raw = b"Content-Type: text/html\n\n<meta charset='iso-8859-2'><p>" + "łódź".encode("iso-8859-2")

    assert part_text(raw, scan(raw)).endswith("łódź")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"text", "text/plain"),
        (b"text/", "text/plain"),
        (b"", "text/plain"),
        (b"x y/z", "text/plain"),
        (b"TEXT/HTML (comment); charset=x", "text/html"),
        (b"application/vnd.ms-excel", "application/vnd.ms-excel"),
        (b'a"b/c', "text/plain"),
    ],
)
def test_broken_types_are_plain_text(value: bytes, expected: str) -> None:
    assert scan(b"Content-Type: " + value + b"\n\nx").content_type == expected


def test_tree_is_stored_and_read_back(message: Message) -> None:
    for name in ("plain", "alternative_related_mixed", "forwarded", "bounce"):
        root = scan(message(name))

        assert unpack(pack(root)) == root
        assert len(pack(root)) < 1500


def nested(depth: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(depth)
    )
    return head + b"\ninnermost\n"


def test_depth_is_limited_and_the_rest_is_opaque(within) -> None:
    root = scan(nested(3000))

    depth = 0
    part = root
    while part.children:
        part, depth = part.children[0], depth + 1
    assert (depth, part.content_type) == (DEFAULT.depth - 1, "application/octet-stream")
    assert part.end == len(nested(3000))
    within(scan, nested(3000))


def test_nested_messages_are_limited_too() -> None:
    root = scan(b"Content-Type: message/rfc822\n\n" * 3000 + b"x")

    parts = list(root.walk())
    assert len(parts) == DEFAULT.depth
    assert parts[-1].content_type == "application/octet-stream"


def test_parts_are_limited_and_the_last_takes_the_rest(within) -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000 + b"--b--\n"
    root = scan(raw)

    assert sum(1 for _ in root.walk()) == DEFAULT.parts
    assert root.children[-1].end == len(raw)
    assert content(raw, root, "1") == b"x"
    within(scan, raw)


def test_limits_are_the_callers() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10

    assert len(scan(raw, Limits(parts=4)).children) == 3
    assert scan(raw, Limits(parts=1)).content_type == "application/octet-stream"
    assert scan(b"X: " + b"y" * 100 + b"\n" + raw, Limits(header_bytes=50)).content_type == "text/plain"


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"\n--b" * 1_000_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"\n--b " * 500_000 + b"x",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + b"x" * 5_000_000,
        b"X-A: b\n" * 20_000 + b"\nx",
        b"Subject: " + b"x" * 1_000_000 + b"\n\nx",
        b"\0" * 2_000_000,
        b"\r" * 2_000_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain;" * 100_000,
    ],
)
def test_hostile_messages_take_linear_time(raw: bytes, within) -> None:
    within(scan, raw)
