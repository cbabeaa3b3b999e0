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


@dataclass
class Box:
    """A mailbox as all clients together know it.

    `added` are the UIDs that APPENDUID and COPYUID named, `removable` those that somebody has marked
    \\Deleted or moved, `told` the flags that came with a modseq, `keys` whose body a UID has.
    """

    name: str
    uidvalidity: int = 0
    uidnext: int = 1
    modseq: int = 0
    added: set[int] = field(default_factory=set)
    removable: set[int] = field(default_factory=set)
    told: dict[tuple[int, int], Flags] = field(default_factory=dict)
    keys: dict[int, bytes] = field(default_factory=dict)


class Rules:
    """The boxes, and what has been violated."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.boxes = {name: Box(name) for name in names}
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

    def opened(self, box: Box, uidvalidity: int, uidnext: int, modseq: int, floor: tuple[int, int]) -> None:
        """SELECT or STATUS told these; `floor` are UIDNEXT and modseq as known before it was asked."""
        self.require(box.uidvalidity in (0, uidvalidity), f"{box.name}: UIDVALIDITY {uidvalidity}")
        self.require(uidnext >= floor[0], f"{box.name}: UIDNEXT {uidnext} after {floor[0]}")
        self.require(modseq >= floor[1], f"{box.name}: HIGHESTMODSEQ {modseq} after {floor[1]}")
        box.uidvalidity = uidvalidity
        box.uidnext, box.modseq = max(box.uidnext, uidnext), max(box.modseq, modseq)

    def assigned(self, box: Box, uids: list[int], floor: int) -> None:
        """APPENDUID or COPYUID named new messages."""
        for uid in uids:
            self.require(uid not in box.added, f"{box.name}: UID {uid} was given twice")
            self.require(uid >= floor, f"{box.name}: UID {uid} was given below UIDNEXT {floor}")
        box.added.update(uids)
        box.uidnext = max(box.uidnext, *(uid + 1 for uid in uids))

    def flags(self, box: Box, uid: int, modseq: int, flags: Flags) -> None:
        """A client was told these flags with that modseq; everyone else must be told the same."""
        known = box.told.setdefault((uid, modseq), flags)
        self.require(known == flags, f"{box.name}: UID {uid} at modseq {modseq} is {known} and {flags}")

    def body(self, box: Box, uid: int, raw: bytes | None) -> None:
        """A body came; its key never changes."""
        if not raw:
            self.require(False, f"{box.name}: UID {uid} has no body")
            return
        key = raw.partition(b"X-Stress: ")[2].partition(b"\r\n")[0]
        self.require(bool(key), f"{box.name}: UID {uid} has a body without a key")
        known = box.keys.setdefault(uid, key)
        self.require(known == key, f"{box.name}: UID {uid} was {known!r} and is {key!r}")
