from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.formats.mime import scan
from backend.formats.structure import Bodies, bodies

Message = Callable[[str], bytes]


def numbers(found: Bodies) -> dict[str, list[str]]:
    return {
        use: [part.number for part in getattr(found, use)]
        for use in ("text", "html", "inline", "attachments", "wrapping")
        if getattr(found, use)
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", {"text": ["1"], "html": ["1"]}),
        ("list", {"text": ["1"], "html": ["1"]}),
        (
            "alternative_related_mixed",
            {
                "text": ["1.1"],
                "html": ["1.2.1"],
                "inline": ["1.2.2"],
                "attachments": ["2"],
            },
        ),
        ("forwarded", {"text": ["1"], "html": ["1"], "attachments": ["2", "3"]}),
        ("bounce", {"text": ["1"], "html": ["1"], "wrapping": ["2", "3"]}),
        (
            "calendar_invitation",
            {
                "text": ["1.1"],
                "html": ["1.2"],
                "attachments": ["2"],
                "wrapping": ["1.3"],
            },
        ),
        ("signed", {"text": ["1"], "html": ["1"], "wrapping": ["2"]}),
    ],
)
def test_parts_are_sorted_by_their_use(message: Message, name: str, expected: dict[str, list[str]]) -> None:
    assert numbers(bodies(scan(message(name)))) == expected


def test_list_footer_is_text_and_a_named_text_is_a_file() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b\n\nfooter\n"
        b"--b\nContent-Type: text/plain; name=notes.txt\n\nfile\n--b--\n"
    )

    assert numbers(bodies(scan(raw))) == {"text": ["1", "2"], "html": ["1", "2"], "attachments": ["3"]}


def test_pictures_between_texts_are_shown_and_offered() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n"
        b"--b\nContent-Type: image/jpeg; name=a.jpg\nContent-Disposition: inline\n\nx\n--b--\n"
    )

    assert numbers(bodies(scan(raw))) == {"text": ["1", "2"], "html": ["1", "2"], "attachments": ["2"]}


def test_a_message_that_is_one_file_has_no_text() -> None:
    raw = b"Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\nx"

    assert numbers(bodies(scan(raw))) == {"attachments": ["1"]}
