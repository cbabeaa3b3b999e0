"""What must hold among all clients of some mailboxes, whatever they do: kept beside the server, checked as
answers come.

A message is named by mailbox and UID, and known by the key in its body. `floor` values are taken before a
command is sent: what its answer tells may not lie below them.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

MOST_VIOLATIONS = 50
HEARD_LINES = 200

Flags = frozenset[bytes]


@dataclass(frozen=True)
class User:
    """Somebody who has these mailboxes open: their owner, or with a prefix who was given all rights."""

    login: str
    password: str
    prefix: str = ""


@dataclass
class Box:
    """A mailbox as all clients together know it.

    `added` are the UIDs that APPENDUID and COPYUID named, `removable` those that somebody has marked
    \\Deleted or moved, `copied` what a UID was copied from, with its flags; `keys` whose body a UID has.
    """

    name: str
    uidvalidity: int = 0
    uidnext: int = 1
    added: set[int] = field(default_factory=set)
    removable: set[int] = field(default_factory=set)
    copied: dict[int, tuple[Box, int]] = field(default_factory=dict)
    keys: dict[int, bytes] = field(default_factory=dict)

    def may_be_gone(self, uid: int) -> bool:
        """Whether somebody has removed the message, or given it a mark that its copies have too."""
        if uid in self.removable:
            return True
        source = self.copied.get(uid)
        return source is not None and source[0].may_be_gone(source[1])


@dataclass
class Sight:
    """A mailbox as one user's clients see it: \\Seen, and modseqs with it, are a reader's own.

    `wire` is its name in commands, `told` the flags that came with a UID and a modseq.
    """

    box: Box
    wire: str
    modseq: int = 0
    told: dict[tuple[int, int], Flags] = field(default_factory=dict)

    @property
    def floor(self) -> tuple[int, int]:
        """UIDNEXT and modseq as they are known now."""
        return self.box.uidnext, self.modseq


class Rules:
    """The boxes, and what has been violated."""

    def __init__(self, names: tuple[str, ...], users: tuple[User, ...]) -> None:
        self.boxes = {name: Box(name) for name in names}
        self.sights = {
            user.login: {name: Sight(box, f'"{user.prefix}{name}"') for name, box in self.boxes.items()}
            for user in users
        }
        self.violations: list[str] = []
        self.commands: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.checks = 0
        # The last words of each client, and those at the moment of the first violation.
        self.heard: dict[str, deque[bytes]] = defaultdict(lambda: deque(maxlen=HEARD_LINES))
        self.traces: dict[str, list[bytes]] = {}

    def require(self, holds: bool, text: str) -> None:
        """Note a violation."""
        self.checks += 1
        if not holds and not self.violations:
            self.traces = {name: list(lines) for name, lines in self.heard.items()}
        if not holds and len(self.violations) < MOST_VIOLATIONS:
            self.violations.append(text)

    def opened(
        self, sight: Sight, uidvalidity: int, uidnext: int, modseq: int, floor: tuple[int, int]
    ) -> None:
        """SELECT or STATUS told these; `floor` is that of the sight before it was asked."""
        box = sight.box
        self.require(box.uidvalidity in (0, uidvalidity), f"{box.name}: UIDVALIDITY {uidvalidity}")
        self.require(uidnext >= floor[0], f"{box.name}: UIDNEXT {uidnext} after {floor[0]}")
        self.require(modseq >= floor[1], f"{box.name}: HIGHESTMODSEQ {modseq} after {floor[1]}")
        box.uidvalidity = uidvalidity
        box.uidnext, sight.modseq = max(box.uidnext, uidnext), max(sight.modseq, modseq)

    def assigned(self, box: Box, uids: list[int], floor: int) -> None:
        """APPENDUID or COPYUID named new messages."""
        for uid in uids:
            self.require(uid not in box.added, f"{box.name}: UID {uid} was given twice")
            self.require(uid >= floor, f"{box.name}: UID {uid} was given below UIDNEXT {floor}")
        box.added.update(uids)
        box.uidnext = max(box.uidnext, *(uid + 1 for uid in uids))

    def flags(self, sight: Sight, uid: int, modseq: int, flags: Flags) -> None:
        """A client was told these flags with that modseq; all of the same user must be told the same."""
        known = sight.told.setdefault((uid, modseq), flags)
        text = f"{sight.box.name}: UID {uid} at modseq {modseq} is {known} and {flags}"
        self.require(known == flags, text)
        sight.modseq = max(sight.modseq, modseq)

    def body(self, box: Box, uid: int, raw: bytes | None) -> None:
        """A body came; its key never changes."""
        if not raw:
            self.require(False, f"{box.name}: UID {uid} has no body")
            return
        key = raw.partition(b"X-Stress: ")[2].partition(b"\r\n")[0]
        self.require(bool(key), f"{box.name}: UID {uid} has a body without a key")
        known = box.keys.setdefault(uid, key)
        self.require(known == key, f"{box.name}: UID {uid} was {known!r} and is {key!r}")
