"""Answers to FETCH made column by column (rule 7): never an object for a message, never a format for a flag.

Each data item is a fragment of a line with its `%` conversions, and a column of values for each of these. The
lines of a batch are then one format string, repeated, over all values in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from protocol_service.imap.flag_names import FlagTable
from protocol_service.imap.grammar.fetch import BodyItem, Form, Item
from protocol_service.imap.responses import internal_date, literal, string
from protocol_service.imap.selected import Batch

Values = Sequence[Any]


@dataclass(slots=True)
class Data:
    """What a batch of messages is answered from. `stored` and `bodies` hold a list for each column wanted."""

    batch: Batch
    flags: FlagTable
    stored: dict[str, Values] = field(default_factory=dict)
    bodies: dict[BodyItem, Sequence[bytes | None]] = field(default_factory=dict)


Column = Callable[[Data], tuple[bytes, list[Values]]]


def _stored(name: str) -> Column:
    fragment = b"BODYSTRUCTURE %b" if name == "bodystructure" else name.upper().encode() + b" %b"
    return lambda data: (fragment, [data.stored[name]])


def _flags(data: Data) -> tuple[bytes, list[Values]]:
    table, flags = data.flags, data.batch.of(data.batch.columns.flags)
    if flags.count(flags[0]) == len(flags):  # often all are alike: after STORE, or what has been read
        return b"FLAGS (%b)" % table[flags[0]].replace(b"%", b"%%"), []
    return b"FLAGS (%b)", [[table[bits] for bits in flags]]


def _date(data: Data) -> tuple[bytes, list[Values]]:
    return b"INTERNALDATE %b", [list(map(internal_date, data.batch.of(data.batch.columns.dates)))]


def _saved(data: Data) -> tuple[bytes, list[Values]]:
    return b"SAVEDATE %b", [list(map(internal_date, data.stored["saved_at"]))]


def _preview(data: Data) -> tuple[bytes, list[Values]]:
    return b"PREVIEW %b", [[string(line.encode()) for line in data.stored["preview"]]]


_ATTRIBUTES: dict[bytes, Column] = {
    b"UID": lambda data: (b"UID %d", [data.batch.uids]),
    b"FLAGS": _flags,
    b"INTERNALDATE": _date,
    b"RFC822.SIZE": lambda data: (b"RFC822.SIZE %d", [data.batch.of(data.batch.columns.sizes)]),
    b"MODSEQ": lambda data: (b"MODSEQ (%d)", [data.batch.of(data.batch.columns.modseqs)]),
    b"ENVELOPE": _stored("envelope"),
    b"BODYSTRUCTURE": _stored("bodystructure"),
    b"BODY": _stored("body"),
    b"EMAILID": lambda data: (b"EMAILID (M%d)", [data.stored["email_id"]]),
    b"THREADID": lambda data: (b"THREADID (T%d)", [data.stored["thread_id"]]),
    b"SAVEDATE": _saved,
    b"PREVIEW": _preview,
}


def _body(item: BodyItem) -> Column:
    label = item.label.replace(b"%", b"%%")
    if item.form is Form.SIZE:
        return lambda data: (label + b" %b", [[value or b"0" for value in data.bodies[item]]])
    if item.form is Form.BINARY:
        return lambda data: (label + b" %b", [list(map(_binary, data.bodies[item]))])

    def column(data: Data) -> tuple[bytes, list[Values]]:
        found = data.bodies[item]
        if None in found:
            return label + b" %b", [[b"NIL" if value is None else literal(value) for value in found]]
        return label + b" {%d}\r\n%b", [list(map(len, found)), found]  # type: ignore[arg-type]  # none is None

    return column


def _binary(value: bytes | None) -> bytes:
    """Decoded bytes, as `literal8` only where they need it (RFC 3516 §4.2)."""
    if value is None:
        return b"NIL"
    return b"~" + literal(value) if b"\0" in value else literal(value)


def body(item: BodyItem, value: bytes | None) -> bytes:
    """One section of one message."""
    if item.form is Form.SIZE:
        return item.label + b" " + (value or b"0")
    if item.form is Form.BINARY:
        return item.label + b" " + _binary(value)
    return item.label + b" " + (b"NIL" if value is None else literal(value))


def columns(items: Sequence[Item]) -> list[Column]:
    """The columns for the items of a request."""
    return [_ATTRIBUTES[item] if isinstance(item, bytes) else _body(item) for item in items]


def render(data: Data, wanted: Sequence[Column], *, by_uid: bool = False) -> bytes:
    """The FETCH responses of a batch; `by_uid` as UIDFETCH responses (RFC 9586 §3.3)."""
    count = len(data.batch.positions)
    if not count:
        return b""
    fragments, values = [], [data.batch.uids if by_uid else data.batch.numbers]
    for column in wanted:
        fragment, found = column(data)
        fragments.append(fragment)
        values += found
    line = start_of_line(by_uid=by_uid) + b" ".join(fragments) + b")\r\n"
    width = len(values)
    if width == 1:
        return (line * count) % tuple(values[0])
    flat: list[Any] = list(repeat(None, count * width))
    for at, column_values in enumerate(values):
        flat[at::width] = column_values
    return (line * count) % tuple(flat)


def start_of_line(*, by_uid: bool) -> bytes:
    """A response up to its first item, with a conversion for the number or UID."""
    return b"* %d UIDFETCH (" if by_uid else b"* %d FETCH ("


def render_one(data: Data, column: Column) -> bytes:
    """One item of the only message of a batch."""
    fragment, values = column(data)
    return fragment % tuple(column_values[0] for column_values in values)
