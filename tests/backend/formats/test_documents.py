"""The text of attached documents, and that hostile ones cost a bounded amount."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.formats.documents import office, zip_files
from backend.formats.documents.kinds import Kind, kind_of, may_be
from backend.formats.documents.reading import text_of
from backend.formats.errors import InvalidSyntax, LimitPassed
from backend.formats.part import Part
from tests.support import documents


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        (Kind.PDF, documents.pdf("Quarterly Figures"), "quarterly figures"),
        (Kind.WORD, documents.docx("First & foremost", "Zweite Straße"), "first & foremost zweite strasse"),
        (Kind.SHEET, documents.xlsx("Rent", "Heating"), "rent heating inline 4711"),
        (Kind.SLIDES, documents.pptx("One", "Two", notes="Say less"), "one two say less"),
        (Kind.OPEN_DOCUMENT, documents.odt("Offener Text", title="Titel"), "offener text titel"),
        (Kind.MESSAGE, b"Subject: Inner\r\n\r\nbody of it\r\n", "subject: inner body of it"),
        (Kind.HTML, b"<p>Hello <b>W</b>orld<script>no()</script>", "hello world"),
        (Kind.TEXT, "Grüße\n".encode("latin-1"), "grüsse"),
    ],
)
def test_text_of_each_kind(kind: Kind, data: bytes, text: str) -> None:
    assert text_of(kind, data) == text


def test_slides_are_read_in_the_order_of_their_numbers() -> None:
    assert text_of(Kind.SLIDES, documents.pptx(*map(str, range(1, 13)))) == " ".join(map(str, range(1, 13)))


def test_the_text_is_cut_at_its_limit() -> None:
    data = documents.docx(*["word " * 100] * 100)

    assert len(text_of(Kind.WORD, data, 1000)) <= 1000
    assert text_of(Kind.WORD, data, 9) == "word word"


@pytest.mark.parametrize(
    ("content_type", "name", "kind"),
    [
        ("application/pdf", "", Kind.PDF),
        ("application/octet-stream", "Report.PDF", Kind.PDF),
        (documents.TYPES["docx"], "x", Kind.WORD),
        (documents.TYPES["xlsx"], "x", Kind.SHEET),
        (documents.TYPES["pptx"], "x", Kind.SLIDES),
        ("application/vnd.oasis.opendocument.spreadsheet", "", Kind.OPEN_DOCUMENT),
        ("application/octet-stream", "kept.eml", Kind.MESSAGE),
        ("application/octet-stream", "archive.zip", None),
        ("application/octet-stream", "", None),
        ("text/plain", "notes.txt", None),
        ("image/png", "scan.pdf", None),
        ("message/rfc822", "a.eml", None),
    ],
)
def test_which_parts_are_documents(content_type: str, name: str, kind: Kind | None) -> None:
    major, minor = content_type.split("/")
    assert kind_of(Part("1", 0, 0, 0, type=major, subtype=minor, filename=name)) is kind


def test_what_only_bears_the_name_is_told_by_its_first_bytes() -> None:
    assert may_be(Kind.PDF, b"\n" + documents.pdf("x"))
    assert not may_be(Kind.PDF, b"x" * 5000 + b"%PDF-")
    assert may_be(Kind.WORD, documents.docx("x"))
    assert not may_be(Kind.SLIDES, b"<html>")
    assert may_be(Kind.TEXT, b"anything")


def test_a_zip_bomb_is_given_up_at_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_files, "MAX_FILE_BYTES", 1 << 20)
    bomb = documents.archive({"word/document.xml": b"<a>" + b" " * (4 << 20) + b"</a>"})
    assert len(bomb) < 10_000

    with pytest.raises(LimitPassed):
        office.text(Kind.WORD, bomb, 1 << 20)
    many = documents.archive({f"{number}": b"" for number in range(zip_files.MAX_FILES + 1)})
    with pytest.raises(LimitPassed):
        office.text(Kind.WORD, many, 100)


ENTITIES = b"""<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a><t>&b;</t></a>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><t>&x;</t></a>"""


@pytest.mark.parametrize(
    "xml",
    [ENTITIES, OUTSIDE, b"<a><t>", b"", b"\xff\xfe\0", b"<a>" * 1000, b"not xml", b"<a></b>"],
)
def test_hostile_xml_is_refused(xml: bytes) -> None:
    with pytest.raises((InvalidSyntax, LimitPassed)):
        office.text(Kind.WORD, documents.archive({"word/document.xml": xml}), 1000)


def test_archives_that_are_none() -> None:
    whole = documents.docx("text")
    for data in (b"", b"PK\x03\x04", whole[:-30], documents.archive({"other.xml": b"<a/>"})):
        with pytest.raises(InvalidSyntax):
            office.text(Kind.WORD, data, 1000)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([Kind.WORD, Kind.SHEET, Kind.SLIDES, Kind.OPEN_DOCUMENT]), st.data())
def test_damaged_archives_raise_nothing_else(kind: Kind, data: st.DataObject) -> None:
    made = {Kind.WORD: documents.docx, Kind.SHEET: documents.xlsx, Kind.SLIDES: documents.pptx}
    whole = bytearray(made.get(kind, documents.odt)("some text", "more"))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    with contextlib.suppress(InvalidSyntax, LimitPassed):
        assert isinstance(office.text(kind, bytes(whole), 1000), str)
