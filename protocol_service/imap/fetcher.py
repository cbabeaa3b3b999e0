"""The flow of a FETCH: batches of messages, what is stored of them, lines, socket.

A batch is small enough to be made within some milliseconds; after each the output is written, the client's
pace is awaited and others get a turn. A message that disappears meanwhile is left out and noted. Bodies of a
batch stay below `SLICE_BYTES` together; a larger message is streamed by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

from backend.formats.part import Part, unpack
from backend.kit.db import Row
from backend.mailstore import reader, remembered
from backend.mailstore.flag_bits import SEEN
from protocol_service.imap import body_sections, fetch_columns
from protocol_service.imap.body_sections import Encoded, LargeMessage, ListedFields, Range, UnknownEncoding
from protocol_service.imap.fetch_columns import Data
from protocol_service.imap.flag_names import FlagTable
from protocol_service.imap.grammar.fetch import BodyItem, Form, Item
from protocol_service.imap.limits import SLICE_BYTES, SLICE_ROWS, STORED_ROWS
from protocol_service.imap.selected import Batch, Selected, Spans, batches
from protocol_service.imap.session import Session

Stored = dict[str, Sequence[Any]]
Values = Sequence[bytes | None]
Bodies = dict[BodyItem, Values]

_STORED = {
    b"ENVELOPE": "envelope",
    b"BODYSTRUCTURE": "bodystructure",
    b"BODY": "body",
    b"EMAILID": "email_id",
    b"THREADID": "thread_id",
    b"SAVEDATE": "saved_at",
    b"PREVIEW": "preview",
}
_NO_FLAGS = FlagTable(())
_FOR_LARGE = ("prefix", "blob_id", "parts")


class Plan:
    """How some items are answered: which are stored columns, which are cut out of bodies."""

    __slots__ = (
        "bodies", "columns", "has_flags", "is_whole", "items", "listed", "needs_parts", "sets_seen", "stored",
    )  # fmt: skip

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        bodies = [item for item in items if isinstance(item, BodyItem)]
        self.listed = {
            item: ListedFields(item.section.fields) for item in bodies if body_sections.is_listed(item)
        }
        self.bodies = [item for item in bodies if item not in self.listed]
        self.needs_parts = any(not item.section.is_whole for item in self.bodies)
        self.is_whole = not self.needs_parts and not any(
            item.partial or item.form is Form.SIZE for item in self.bodies
        )
        self.stored = [_STORED[item] for item in items if isinstance(item, bytes) and item in _STORED]
        if self.listed:
            self.stored.append("head")
        self.has_flags = b"FLAGS" in items
        self.sets_seen = any(not item.is_peek for item in bodies)
        self.columns = fetch_columns.columns(items)


plan_of = lru_cache(maxsize=512)(Plan)


class Fetcher:
    """One FETCH under way. Afterwards `seen` holds the UIDs whose body was read and that were unseen.

    A message that is gone is left out (`has_gone`); a part of BINARY that cannot be decoded is answered NIL
    (`has_unknown_encoding`).
    """

    def __init__(self, session: Session, selected: Selected, plan: Plan) -> None:
        self._session = session
        self._selected = selected
        self._plan = plan
        self._by_uid = session.manner.is_uid_only
        self._sets_seen = plan.sets_seen and not selected.is_read_only
        self.seen: list[int] = []
        self.has_gone = False
        self.has_unknown_encoding = False

    async def run(self, spans: Spans) -> None:
        """Answer for all messages in these ranges."""
        view = await self._selected.load()
        needs_rows = bool(self._plan.stored or self._plan.bodies)
        is_first = True
        for batch in batches(view, spans, STORED_ROWS if needs_rows else SLICE_ROWS):
            for part, is_large in _by_size(batch) if self._plan.bodies else ((batch, False),):
                if not is_first:
                    await self._rest()
                is_first = False
                await (self._large(part) if is_large else self._answer(part))

    async def _answer(self, batch: Batch) -> None:
        """The lines of a batch, in one piece."""
        raws: dict[int, bytes] = {}
        if self._plan.bodies:
            raws = await reader.read_bodies(self._selected.mailbox_id, batch.uids)
            if len(raws) != len(batch.positions):
                batch = self._without_gone(batch, raws.keys())
        names = [*self._plan.stored, *(("prefix", "parts") if self._plan.needs_parts else ())]
        batch, stored = await self._read(batch, names)
        bodies = self._cut(batch, raws, stored) if raws else {}
        for item, listed in self._plan.listed.items():
            bodies[item] = _selected_fields(item, listed, stored["head"])
        self._note_seen(batch)

        def render(table: FlagTable) -> bytes:
            data = Data(batch, table, stored, bodies)
            return fetch_columns.render(data, self._plan.columns, by_uid=self._by_uid)

        session = self._session
        session.send(await session.with_flags(render) if self._plan.has_flags else render(_NO_FLAGS))

    async def _read(self, batch: Batch, names: Sequence[str]) -> tuple[Batch, Stored]:
        """The stored columns of a batch, less what is gone."""
        if not names:
            return batch, {}
        mailbox_id, uids = self._selected.mailbox_id, batch.uids
        rows: list[Row] = []
        is_run = isinstance(batch.positions, range)
        if is_run and len(uids) <= remembered.PAGE and remembered.COLUMNS.issuperset(names):
            rows = await remembered.page(mailbox_id, uids, tuple(names))
        elif is_run:
            rows = await reader.fetch_columns(mailbox_id, uids[0], uids[-1], names, limit=len(uids))
        else:
            async for some in reader.fetch_stored(mailbox_id, uids, names):
                rows += some
        if len(rows) != len(uids):
            batch = self._without_gone(batch, {row[0] for row in rows})
        _, *columns = zip(*rows, strict=True) if rows else ((),) * (len(names) + 1)
        return batch, dict(zip(names, columns, strict=True))

    def _without_gone(self, batch: Batch, present: AbstractSet[int]) -> Batch:
        gone = {uid for uid in batch.uids if uid not in present}
        self.has_gone = self.has_gone or bool(gone)
        return batch.without(gone) if gone else batch

    def _cut(self, batch: Batch, raws: dict[int, bytes], stored: Stored) -> Bodies:
        """The wanted sections of whole messages."""
        if self._plan.is_whole:
            return {item: [raws[uid] for uid in batch.uids] for item in self._plan.bodies}
        found: dict[BodyItem, list[bytes | None]] = {item: [] for item in self._plan.bodies}
        roots: list[Part | None] = [None] * len(batch.positions)
        prefixes: Sequence[bytes] = [b""] * len(batch.positions)
        if self._plan.needs_parts:
            roots, prefixes = list(map(unpack, stored["parts"])), stored["prefix"]
        for uid, root, prefix in zip(batch.uids, roots, prefixes, strict=True):
            for item in self._plan.bodies:
                found[item].append(self._cut_one(raws[uid], item, root, len(prefix)))
        return dict(found)

    def _cut_one(self, raw: bytes, item: BodyItem, root: Part | None, prefix_size: int) -> bytes | None:
        try:
            return body_sections.cut(raw, item, root, prefix_size)
        except UnknownEncoding:
            self.has_unknown_encoding = True
            return None

    def _note_seen(self, batch: Batch) -> None:
        if self._sets_seen:
            flags = batch.of(batch.columns.flags)
            self.seen += [uid for uid, bits in zip(batch.uids, flags, strict=True) if not bits & SEEN]

    async def _large(self, batch: Batch) -> None:
        """The line of one message whose body is not held in memory."""
        batch, stored = await self._read(batch, [*self._plan.stored, *_FOR_LARGE])
        if not batch.positions:
            return
        prefix, blob_id, parts = (stored[name][0] for name in _FOR_LARGE)
        message = LargeMessage.of(prefix, blob_id, parts)
        found = {item: await self._find(message, item) for item in self._plan.bodies}
        self._note_seen(batch)
        send = self._session.send
        number = (batch.uids if self._by_uid else batch.numbers)[0]
        send(fetch_columns.start_of_line(by_uid=self._by_uid) % number)
        self._session.is_within_response = True
        try:
            for at, item in enumerate(self._plan.items):
                send(b" " if at else b"")
                if isinstance(item, BodyItem) and item in found:
                    await self._send_body(item, found[item], message)
                else:
                    send(await self._fragment(item, batch, stored))
            send(b")\r\n")
        except Exception:
            # The client awaits octets that will not come: nothing can be answered any more.
            self._session.channel.abort()
            raise
        finally:
            self._session.is_within_response = False

    async def _find(self, message: LargeMessage, item: BodyItem) -> Range | Encoded | bytes | None:
        try:
            return await message.find(item)
        except UnknownEncoding:
            self.has_unknown_encoding = True
            return None

    async def _fragment(self, item: Item, batch: Batch, stored: Stored) -> bytes:
        """One item of a single message."""
        bodies: Bodies = {}
        if isinstance(item, BodyItem):
            bodies[item] = _selected_fields(item, self._plan.listed[item], stored["head"])
        column = fetch_columns.columns([item])[0]
        return await self._session.with_flags(
            lambda table: fetch_columns.render_one(Data(batch, table, stored, bodies), column)
        )

    async def _send_body(
        self, item: BodyItem, found: Range | Encoded | bytes | None, message: LargeMessage
    ) -> None:
        send = self._session.send
        if isinstance(found, Encoded):
            first, end = found.wanted
            send(b"%b ~{%d}\r\n" % (item.label, end - first))
            pieces = message.wanted(found)
        elif isinstance(found, tuple):
            send(b"%b {%d}\r\n" % (item.label, found[1] - found[0]))
            pieces = message.stream(*found)
        else:
            send(fetch_columns.body(item, found))
            return
        async for piece in pieces:
            send(piece)
            await self._session.channel.flush()

    async def _rest(self) -> None:
        """Let the client read and others work."""
        await self._session.channel.flush()
        await asyncio.sleep(0)


def _selected_fields(item: BodyItem, listed: ListedFields, blocks: Sequence[bytes]) -> Values:
    """HEADER.FIELDS out of the stored header blocks."""
    values = blocks if listed.is_all else list(map(listed, blocks))
    if item.partial is None:
        return values
    start, end = item.partial[0], sum(item.partial)
    return [value[start:end] for value in values]


def _by_size(batch: Batch) -> Iterator[tuple[Batch, bool]]:
    """Parts of a batch whose bodies fit into memory together, and single messages that are too large."""
    sizes, positions = batch.of(batch.columns.sizes), batch.positions
    start = total = 0
    for at, size in enumerate(sizes):
        if at > start and total + size > SLICE_BYTES:
            yield Batch(batch.columns, positions[start:at]), False
            start, total = at, 0
        total += size
        if size > SLICE_BYTES:
            yield Batch(batch.columns, positions[at : at + 1]), True
            start, total = at + 1, 0
    if start < len(positions):
        yield Batch(batch.columns, positions[start:]), False
