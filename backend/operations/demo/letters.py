"""Messages from letters: text and HTML with tables, lists, quotes, pictures and files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from backend.formats import compose
from backend.operations.demo import attachments, meetings
from backend.operations.demo.meetings import Meeting
from backend.operations.demo.people import Person

_BOLD = re.compile(r"\*([^*\n]+)\*")
_LINK = re.compile(r"\[([^\]\n]+)\]\((https://[^)\s]+)\)")
_REMOTE = "https://images.example.net/header.png"
_CELL = "padding:8px;border-bottom:1px solid #ddd"
_NUMBER = re.compile(r"(<b>)?[\d,.]+(</b>)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter with everything around it."""

    sender: Person
    to: tuple[Person, ...]
    subject: str
    text: str
    message_id: str
    sent_at: int
    cc: tuple[Person, ...] = ()
    earlier: tuple[Written, ...] = ()
    files: tuple[str, ...] = ()
    is_plain: bool = False
    closing: str = "Kind regards"
    meeting: Meeting | None = None


def message(letter: Written) -> bytes:
    """The letter as a message (RFC 5322)."""
    pictures = () if letter.is_plain else _pictures(letter.text)
    before = letter.earlier
    return compose.compose(
        compose.Draft(
            sender=letter.sender.mailbox,
            to=tuple(person.mailbox for person in letter.to),
            cc=tuple(person.mailbox for person in letter.cc),
            subject=f"Re: {letter.subject}" if before else letter.subject,
            date=letter.sent_at,
            message_id=letter.message_id,
            in_reply_to=before[-1].message_id if before else "",
            references=tuple(one.message_id for one in before),
            text=plain(letter),
            html=None if letter.is_plain else html(letter),
            attachments=(*pictures, *(attachments.file(name) for name in letter.files)),
            calendar=_invitation(letter),
            extra_fields=_list_fields(letter.sender),
        )
    )


def _list_fields(sender: Person) -> tuple[tuple[str, str], ...]:
    """What a newsletter says of itself (RFC 2919, 2369)."""
    if not sender.sends_newsletter:
        return ()
    host = sender.mailbox.domain
    return (("List-Id", f"<news.{host}>"), ("List-Unsubscribe", f"<https://{host}/leave>"))


def _invitation(letter: Written) -> tuple[str, bytes] | None:
    if letter.meeting is None:
        return None
    content = meetings.invitation(letter.meeting, letter.message_id, letter.sent_at, letter.sender, letter.to)
    return "REQUEST", content


def plain(letter: Written) -> str:
    """The text with greeting, closing and the quoted letter before it."""
    body = _LINK.sub(r"\1 <\2>", _BOLD.sub(r"\1", letter.text))
    lines = [line.lstrip("|").replace("|", "   ") for line in body.split("\n") if not line.startswith("!")]
    whole = "\n".join([*_greeting(letter), "", *lines, "", letter.closing, letter.sender.first_name])
    if letter.earlier:
        last = letter.earlier[-1]
        quoted = "\n".join(f"> {line}".rstrip() for line in last.text.split("\n"))
        whole += f"\n\n{last.sender.name} wrote:\n{quoted}"
    return whole + "\n"


def html(letter: Written) -> str:
    """The same as HTML."""
    parts = [f"<p>{escape(line)}</p>" for line in _greeting(letter)]
    parts += [_block(block) for block in letter.text.split("\n\n")]
    parts.append(f"<p>{escape(letter.closing)}<br>{escape(letter.sender.name)}</p>")
    if letter.earlier:
        last = letter.earlier[-1]
        blocks = "".join(_block(block) for block in last.text.split("\n\n"))
        parts.append(f'<p>{escape(last.sender.name)} wrote:</p><blockquote type="cite">{blocks}</blockquote>')
    return "<html><body>" + "\n".join(parts) + "</body></html>"


def _greeting(letter: Written) -> Sequence[str]:
    names = " and ".join(person.first_name for person in letter.to[:2]) if len(letter.to) < 3 else "all"
    return () if letter.text.startswith(("Dear ", "!")) else (f"Dear {names},",)


def _block(block: str) -> str:
    lines = block.split("\n")
    if lines[0].startswith("|"):
        return _table(lines)
    if lines[0].startswith("- "):
        return "<ul>" + "".join(f"<li>{_words(line[2:])}</li>" for line in lines) + "</ul>"
    if lines[0] == "!remote":
        return f'<p><img src="{_REMOTE}" alt="" width="480" height="60"></p>'
    if lines[0].startswith("!"):
        name = lines[0][1:]
        return (
            f'<p><img src="cid:{name}@demo" alt="{escape(name.capitalize())}" width="480" height="240"></p>'
        )
    return "<p>" + "<br>".join(map(_words, lines)) + "</p>"


def _table(lines: Sequence[str]) -> str:
    rows = [[_words(cell) for cell in line[1:].split("|")] for line in lines]
    sides = ["right" if _NUMBER.match(cell) else "left" for cell in rows[-1]]
    head = "".join(
        f'<th style="{_CELL};text-align:{side};background:#f2efe8">{cell}</th>'
        for cell, side in zip(rows[0], sides, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{_CELL};text-align:{side}">{cell}</td>'
            for cell, side in zip(row, sides, strict=True)
        )
        + "</tr>"
        for row in rows[1:]
    )
    return f'<table style="border-collapse:collapse;width:100%"><tr>{head}</tr>{body}</table>'


def _words(text: str) -> str:
    return _LINK.sub(r'<a href="\2">\1</a>', _BOLD.sub(r"<b>\1</b>", escape(text, quote=False)))


def _pictures(text: str) -> tuple[compose.Attachment, ...]:
    names = dict.fromkeys(line[1:] for line in text.split("\n") if line.startswith("!") and line != "!remote")
    return tuple(attachments.picture(name) for name in names)
