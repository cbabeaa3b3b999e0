from __future__ import annotations

from dataclasses import replace
from typing import Any

from backend.formats import compose, editor_marks
from backend.formats.addresses import Mailbox
from backend.formats.compose import Attachment, Draft
from backend.formats.content import part_text
from backend.formats.mime import scan
from backend.formats.structure import bodies

SIGNED = (
    '<div>Dear Zo\u00eb,</div><div data-signature="12">Ann</div><div>On Monday, Bob wrote:</div>'
    '<blockquote data-quoted="reply" type="cite" style="">data-quoted="reply" <b>said</b></blockquote>'
    '<div data-quoted="forward">old</div>'
)
CLEAN = (
    "<div>Dear Zo\u00eb,</div><div>Ann</div><div>On Monday, Bob wrote:</div>"
    '<blockquote type="cite" style="">data-quoted="reply" <b>said</b></blockquote><div>old</div>'
)


def written(html: str | None, **changes: Any) -> bytes:
    draft = Draft(
        sender=Mailbox("Ann Lee", "ann", "example.org"),
        date=1763835660,
        message_id="m1@example.org",
        text="Dear",
        html=html,
    )
    return compose.compose(replace(draft, **changes))


def test_marks_go_and_all_else_stays_as_it_was_written() -> None:
    assert editor_marks.strip(written(SIGNED)) == written(CLEAN)
    picture = Attachment("a.png", "image/png", b"png", "p1@postroom")
    page = Attachment("page.html", "text/html", SIGNED.encode())

    raw = editor_marks.strip(written(SIGNED, attachments=(picture, page)))

    assert raw == written(CLEAN, attachments=(picture, page))
    [html] = bodies(scan(raw)).html
    assert part_text(raw, html).strip() == CLEAN


def test_a_message_without_marks_is_the_same_object() -> None:
    for raw in (written("<div>data-quoted=</div>"), written(None), b"", b"Subject: x\r\n\r\ny"):
        assert editor_marks.strip(raw) is raw


def test_the_message_of_another_program_that_is_html_alone_stays() -> None:
    raw = b"Content-Type: text/html\r\n\r\n" + SIGNED.encode("ascii", "xmlcharrefreplace")
    assert editor_marks.strip(raw) is raw
