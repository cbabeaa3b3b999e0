"""An IMAP client that keeps its own list of the mailbox by what it is told, and checks every word of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.support.imap_client import Answer, ImapClient
from tests.support.stress_rules import Box, Flags, Rules, Sight, User

_COUNT = re.compile(rb"\* (\d+) (EXISTS|EXPUNGE)")
_FETCH = re.compile(rb"\* (\d+) FETCH \((.*)\)", re.DOTALL)
_VANISHED = re.compile(rb"\* VANISHED( \(EARLIER\))? ([\d,:]+)")
_CODE = re.compile(rb"(?:\* )?OK \[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) (\d+)\]")
_BODY = re.compile(rb"BODY\[\] (?:\{(\d+)\}\r\n|(NIL|\"\"))")
_NOTIFY = (
    "NOTIFY SET (selected-delayed (MessageNew (UID FLAGS) MessageExpunge FlagChange))"
    " (personal (MessageNew MessageExpunge FlagChange)) (subtree (Users Shared) (MessageNew MessageExpunge))"
)
_SYSTEM = {b"\\Seen", b"\\Answered", b"\\Flagged", b"\\Deleted", b"\\Draft", b"$Forwarded"}


def numbers(text: bytes) -> list[int]:
    """A set of numbers such as `1:3,7`, in its order."""
    found: list[int] = []
    for part in text.split(b","):
        low, _, high = part.partition(b":")
        ends = sorted((int(low), int(high or low)))
        found += range(ends[0], ends[1] + 1)
    return found


def joined(values: Iterable[int]) -> str:
    """Numbers as a set."""
    return ",".join(map(str, values))


@dataclass
class Known:
    """What one client knows of a mailbox: UIDs by sequence number (None: not asked yet), flags, modseqs."""

    sight: Sight
    uids: list[int | None] = field(default_factory=list)
    flags: dict[int, Flags] = field(default_factory=dict)
    modseqs: dict[int, int] = field(default_factory=dict)
    highest: int = 0

    @property
    def box(self) -> Box:
        return self.sight.box

    @property
    def all_uids(self) -> list[int]:
        return [uid for uid in self.uids if uid is not None]

    def place(self, uid: int) -> int | None:
        """Where a message stands; for one not asked for yet, any of the places where it may."""
        unknown = None
        for at, one in enumerate(self.uids):
            if one is None:
                unknown = at
            elif one == uid:
                return at
            elif one > uid:
                break
            else:
                unknown = None
        return unknown

    def forget(self, uid: int | None) -> None:
        if uid is not None:
            self.flags.pop(uid, None)
            self.modseqs.pop(uid, None)


@dataclass(frozen=True)
class Fetched:
    """A FETCH response, taken apart."""

    number: int
    uid: int | None
    flags: Flags | None
    modseq: int | None
    size: int | None
    body: bytes | None
    has_body: bool


def fetched(response: bytes) -> Fetched | None:
    """The parts of a FETCH response, None for another one."""
    found = _FETCH.fullmatch(response)
    if found is None:
        return None
    items, body, has_body = found[2], None, False
    if literal := _BODY.search(items):
        has_body = True
        end = literal.end() + int(literal[1] or 0)
        body = items[literal.end() : end]
        items = items[: literal.start()] + items[end:]
    flags = re.search(rb"FLAGS \(([^)]*)\)", items)
    uid, modseq, size = (
        int(value[1]) if (value := re.search(pattern, items)) else None
        for pattern in (rb"UID (\d+)", rb"MODSEQ \((\d+)\)", rb"RFC822\.SIZE (\d+)")
    )
    told = frozenset(flags[1].split()) & _SYSTEM if flags else None
    return Fetched(int(found[1]), uid, told, modseq, size, body, has_body)


class Listener:
    """One connection and what it has been told. QRESYNC clients keep what they know of closed mailboxes;
    those that use NOTIFY are told between commands too, what they may be.
    """

    def __init__(
        self, name: str, rules: Rules, user: User, *, qresync: bool, condstore: bool, notify: bool = False
    ) -> None:
        self.name, self.user = name, user
        self.rules = rules
        self.has_qresync, self.has_condstore = qresync, condstore or qresync
        self.has_notify = notify
        self.known: Known | None = None
        self.kept: dict[str, Known] = {}
        self.client: ImapClient | None = None

    async def connect(self, address: tuple[str, int]) -> None:
        """Sign in on a new connection."""
        self.client = await ImapClient.connect(address)
        await self.client.login(self.user.login, self.user.password)
        if self.has_condstore:
            await self.client.ok("ENABLE QRESYNC" if self.has_qresync else "ENABLE CONDSTORE")
        if self.has_notify:
            await self.client.ok(_NOTIFY)

    async def disconnect(self) -> None:
        """Drop the connection as if the network had gone."""
        self._keep()
        if self.client is not None:
            await self.client.close()

    def _keep(self) -> None:
        if self.known is not None and self.has_qresync and None not in self.known.uids:
            self.kept[self.known.box.name] = self.known
        self.known = None

    async def command(self, line: str, *literals: bytes, may_expunge: bool = True) -> Answer:
        """A command whose answer is heard; BAD is a violation and NO is counted."""
        assert self.client is not None
        self.rules.commands[" ".join(line.split()[: 2 if line.startswith("UID") else 1])] += 1
        answer = await self._ask(line, *literals)
        for response in answer.untagged:
            self.hear(response, may_expunge=may_expunge)
        self.rules.require(not answer.status.startswith(b"BAD"), f"{self.name}: {line!r}: {answer.status!r}")
        if answer.status.startswith(b"NO"):
            self.rules.refusals[f"{line.split(maxsplit=1)[0]}: {answer.status.decode()}"] += 1
        return answer

    async def _ask(self, line: str, *literals: bytes) -> Answer:
        assert self.client is not None
        heard = self.rules.heard[self.name]
        heard.append(f"> {line}".encode())
        answer = await self.client.command(line, *literals)
        heard.extend(line[:200] for line in answer.untagged)
        heard.append(answer.status)
        return answer

    # -- what is told

    def hear(self, response: bytes, *, may_expunge: bool = True) -> None:
        """One untagged response while a mailbox is open."""
        known = self.known
        self.rules.require(not response.startswith(b"* BYE"), f"{self.name}: {response!r}")
        if known is None:
            return
        if count := _COUNT.fullmatch(response):
            if count[2] == b"EXISTS":
                self._exists(known, int(count[1]))
            else:
                self.rules.require(may_expunge, f"{self.name}: EXPUNGE where none may be told")
                self.rules.require(not self.has_qresync, f"{self.name}: EXPUNGE in spite of QRESYNC")
                self._expunged(known, int(count[1]))
        elif vanished := _VANISHED.fullmatch(response):
            self.rules.require(may_expunge, f"{self.name}: VANISHED where none may be told")
            self.rules.require(self.has_qresync and not vanished[1], f"{self.name}: {response!r}")
            self._vanished(known, numbers(vanished[2]))
        elif one := fetched(response):
            self._fetched(known, one)

    def _exists(self, known: Known, count: int) -> None:
        self.rules.require(
            count >= len(known.uids), f"{self.name}: {count} EXISTS where {len(known.uids)} are known"
        )
        known.uids += [None] * (count - len(known.uids))

    def _expunged(self, known: Known, number: int) -> None:
        if not 1 <= number <= len(known.uids):
            self.rules.require(False, f"{self.name}: {number} EXPUNGE of {len(known.uids)} messages")
            return
        known.forget(known.uids.pop(number - 1))

    def _vanished(self, known: Known, uids: list[int]) -> None:
        for uid in uids:
            at = known.place(uid)
            if at is None:
                self.rules.require(False, f"{self.name}: VANISHED {uid}, which was never told")
                continue
            known.forget(uid)
            del known.uids[at]

    def _fetched(self, known: Known, one: Fetched) -> None:
        where = f"{self.name}: {known.box.name} {one.number} FETCH"
        if not 1 <= one.number <= len(known.uids):
            self.rules.require(False, f"{where} of {len(known.uids)} messages")
            return
        uid = known.uids[one.number - 1]
        if one.uid is not None:
            self.rules.require(uid in (None, one.uid), f"{where}: UID {one.uid}, known as {uid}")
            uid = known.uids[one.number - 1] = one.uid
            before = known.uids[one.number - 2] if one.number > 1 else None
            after = known.uids[one.number] if one.number < len(known.uids) else None
            self.rules.require((before or 0) < uid, f"{where}: UID {uid} behind {before}")
            self.rules.require(after is None or uid < after, f"{where}: UID {uid} before {after}")
        if uid is None:
            return
        if one.has_body:
            self.rules.body(known.box, uid, one.body)
            self.rules.require(
                one.size is None or one.size == len(one.body or b""), f"{where}: size {one.size}"
            )
        self._flags(known, uid, one, where)

    def _flags(self, known: Known, uid: int, one: Fetched, where: str) -> None:
        if one.modseq is not None:
            before = known.modseqs.get(uid, 0)
            self.rules.require(one.modseq >= before, f"{where}: modseq {one.modseq} after {before}")
            known.modseqs[uid] = one.modseq
            if one.flags is not None:
                self.rules.flags(known.sight, uid, one.modseq, one.flags)
        if one.flags is not None:
            known.flags[uid] = one.flags

    # -- opening

    async def select(self, name: str) -> bool:
        """Open a mailbox, by QRESYNC where it was open before; whether that worked."""
        sight = self.rules.sights[self.user.login][name]
        floor = sight.floor
        kept = self.kept.get(name)
        self._keep()
        kept = self.kept.pop(name, kept)
        ask = f" (QRESYNC ({sight.box.uidvalidity} {kept.highest}))" if kept is not None else ""
        self.rules.commands["SELECT QRESYNC" if ask else "SELECT"] += 1
        answer = await self._ask(f"SELECT {sight.wire}{ask}")
        self.rules.require(answer.is_ok, f"{self.name}: SELECT {sight.wire}: {answer.status!r}")
        if not answer.is_ok:
            return False
        # What comes before CLOSED is about the mailbox that is left.
        at = next((at for at, line in enumerate(answer.untagged) if b"[CLOSED]" in line), -1)
        told = answer.untagged[at + 1 :]
        codes = {code[1]: int(code[2]) for line in told if (code := _CODE.match(line))}
        [exists] = [int(count[1]) for line in told if (count := _COUNT.fullmatch(line))]
        self.rules.opened(sight, codes[b"UIDVALIDITY"], codes[b"UIDNEXT"], codes[b"HIGHESTMODSEQ"], floor)
        self.known = Known(sight, [None] * exists, highest=codes[b"HIGHESTMODSEQ"])
        if kept is not None:
            self._resync(self.known, kept, exists, told)
        return True

    def _resync(self, known: Known, kept: Known, exists: int, told: list[bytes]) -> None:
        """What was kept, with what has vanished and changed since, is the mailbox as it is."""
        known.flags, known.modseqs = kept.flags, kept.modseqs
        changes = [one for line in told if (one := fetched(line))]
        gone = {uid for line in told if (found := _VANISHED.fullmatch(line)) for uid in numbers(found[2])}
        uids = ({*kept.all_uids} - gone) | {one.uid for one in changes if one.uid is not None}
        for uid in gone:
            known.forget(uid)
        where = f"{self.name}: {known.box.name}: QRESYNC since {kept.highest}"
        # What is new and has gone already is counted, but nothing can be told of it.
        self.rules.require(len(uids) <= exists, f"{where}: {len(uids)} messages, {exists} EXISTS")
        if len(uids) == exists:
            known.uids = [*sorted(uids)]
        for one in changes:
            self._fetched(known, one)

    async def learn(self) -> None:
        """Ask for the UIDs and flags of messages that are new to us, as clients do."""
        known = self.known
        if known is None or None not in known.uids:
            return
        first = known.uids.index(None) + 1
        await self.command(f"FETCH {first}:{len(known.uids)} (UID FLAGS)", may_expunge=False)
