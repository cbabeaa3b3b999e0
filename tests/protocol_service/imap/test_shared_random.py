"""An owner and two readers with changing rights do random things to one mailbox; a model says what must hold.

Each one's flags, counts and searches are compared with the model, and what CHANGEDSINCE tells each of them
must turn the flags they knew into those that are.
"""

from __future__ import annotations

import random
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from backend.kit.runtime import Runtime
from tests.backend.mailstore.consistency import assert_consistent
from tests.protocol_service.imap.conftest import ImapHouse, open_house
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient
from tests.support.people import add_user

STEPS = 80
OWN, OTHERS = "Projects", "Users/alice@example.test/Projects"
LINE = re.compile(rb"\* \d+ FETCH \(UID (\d+) FLAGS \(([^)]*)\)(?: MODSEQ \((\d+)\))?\)")
NEEDED = {"\\Seen": "s", "\\Deleted": "t", "\\Flagged": "w", "Blue": "w"}


@dataclass
class Model:
    """Flags of each message that all share, and who has read it."""

    shared: dict[int, set[str]] = field(default_factory=dict)
    seen: dict[str, set[int]] = field(default_factory=dict)
    next_uid: int = 1

    def flags(self, user: str, uid: int) -> frozenset[str]:
        """The flags of a message as one of them sees it."""
        return frozenset(self.shared[uid] | ({"\\Seen"} if uid in self.seen[user] else set()))

    def all(self, user: str) -> dict[int, frozenset[str]]:
        return {uid: self.flags(user, uid) for uid in self.shared}

    def add(self, user: str, flags: set[str]) -> None:
        self.shared[self.next_uid] = flags - {"\\Seen"}
        if "\\Seen" in flags:
            self.seen[user].add(self.next_uid)
        self.next_uid += 1

    def remove(self, uids: list[int]) -> None:
        for uid in uids:
            del self.shared[uid]
            for read in self.seen.values():
                read.discard(uid)


@dataclass
class Person:
    """One of the three: a client that has the mailbox selected, its rights, and what it knew last."""

    name: str
    client: ImapClient
    rights: str
    modseq: int = 0
    known: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def box(self) -> str:
        return OWN if self.name == "alice" else OTHERS


class Walk:
    """Random steps, each checked against the model."""

    def __init__(self, people: dict[str, Person], chance: random.Random) -> None:
        self.people = people
        self.chance = chance
        self.model = Model(seen={name: set() for name in people})

    async def step(self) -> None:
        person = self.chance.choice(list(self.people.values()))
        action = self.chance.choice(
            [self.append, self.store, self.store, self.store, self.expunge, self.rule]
        )
        await action(person)

    async def append(self, person: Person) -> None:
        flags = {flag for flag in NEEDED if self.chance.random() < 0.3 and flag != "\\Deleted"}
        raw = numbered(self.model.next_uid)
        line = f'APPEND "{person.box}" ({" ".join(sorted(flags))}) {{{len(raw)}}}'
        answer = await person.client.command(line, raw + b"\r\n")
        if "i" not in person.rights:
            assert answer.status.startswith(b"NO [NOPERM]"), answer
            return
        assert answer.is_ok, answer
        self.model.add(person.name, {flag for flag in flags if NEEDED[flag] in person.rights})

    async def store(self, person: Person) -> None:
        if not self.model.shared:
            return
        uids = self.chance.sample(sorted(self.model.shared), self.chance.randint(1, len(self.model.shared)))
        flags = set(self.chance.sample(list(NEEDED), self.chance.randint(1, 2)))
        sign = self.chance.choice("+- ").strip()
        await person.client.ok("NOOP")  # UIDs a client has not been told of name nothing to it yet
        answer = await person.client.command(
            f"UID STORE {','.join(map(str, uids))} {sign}FLAGS.SILENT ({' '.join(sorted(flags))})"
        )
        may = {flag for flag in NEEDED if NEEDED[flag] in person.rights}
        if not (flags & may if sign else may):
            assert answer.status.startswith(b"NO"), (answer, person.rights)
            return
        assert answer.is_ok, (answer, person.rights)
        for uid in uids:
            was = set(self.model.flags(person.name, uid))
            wanted = {"+": was | flags, "-": was - flags, "": flags}[sign]
            new = (was - may) | (wanted & may)
            self.model.shared[uid] = new - {"\\Seen"}
            (self.model.seen[person.name].add if "\\Seen" in new else self.model.seen[person.name].discard)(
                uid
            )

    async def expunge(self, person: Person) -> None:
        answer = await person.client.command("EXPUNGE")
        if "e" not in person.rights:
            assert answer.status.startswith(b"NO"), answer
            return
        assert answer.is_ok, answer
        self.model.remove([uid for uid, flags in self.model.shared.items() if "\\Deleted" in flags])

    async def rule(self, person: Person) -> None:
        """The owner changes what one of the readers may; what all may is to read."""
        if person.name == "alice":
            return
        person.rights = "lr" + "".join(right for right in "switek" if self.chance.random() < 0.7)
        await self.people["alice"].client.ok(f"SETACL {OWN} {person.name} {person.rights}")
        await person.client.ok(f'SELECT "{person.box}"')

    async def check(self, person: Person) -> None:
        """What one of them sees is what the model says."""
        model, client = self.model, person.client
        await client.ok("NOOP")
        expected = model.all(person.name)
        assert _flags(await client.ok("UID FETCH 1:* (FLAGS)")) == expected
        unseen = sorted(uid for uid, flags in expected.items() if "\\Seen" not in flags)
        words = b"".join(b" %d" % uid for uid in unseen)
        assert await client.ok("UID SEARCH UNSEEN") == [b"* SEARCH" + words]
        [status] = await client.ok(f'STATUS "{person.box}" (MESSAGES UNSEEN HIGHESTMODSEQ)')
        counts = b"(MESSAGES %d UNSEEN %d HIGHESTMODSEQ " % (len(expected), len(unseen))
        assert counts in status, (person, unseen)
        told = _flags(await client.ok(f"UID FETCH 1:* (FLAGS) (CHANGEDSINCE {person.modseq})"))
        after = {uid: flags for uid, flags in person.known.items() if uid in expected} | told
        assert after == expected, (person, told)
        person.known, person.modseq = expected, int(status.rstrip(b")").rpartition(b" ")[2])


def _flags(lines: list[bytes]) -> dict[int, frozenset[str]]:
    found = [match for line in lines if (match := LINE.fullmatch(line))]
    return {int(match[1]): frozenset(match[2].decode().split()) for match in found}


async def _people(house: ImapHouse, domain_id: int) -> dict[str, Person]:
    house.users["carol"] = await add_user(domain_id, "carol")
    alice = await house.client("alice")
    await alice.ok(f"CREATE {OWN}")
    rights = {"alice": "lrswite", "bob": "lrswite", "carol": "lrs"}
    people = {}
    for name, letters in rights.items():
        if name != "alice":
            await alice.ok(f"SETACL {OWN} {name} {letters}")
        client = alice if name == "alice" else await house.client(name)
        people[name] = person = Person(name, client, letters)
        await client.ok("ENABLE CONDSTORE")
        await client.ok(f'SELECT "{person.box}"')
    return people


@pytest.mark.parametrize("seed", [3, 4])
async def test_rights_counts_and_read_states_follow_a_model(any_rt: Runtime, seed: int) -> None:
    async with AsyncExitStack() as stack:
        house = await open_house(any_rt, stack)
        domain_id = await any_rt.db.fetch_value("SELECT id FROM domain")
        walk = Walk(await _people(house, domain_id), random.Random(seed))
        for _ in range(6):
            await walk.append(walk.people["alice"])
        for _ in range(STEPS):
            await walk.step()
            await walk.check(walk.chance.choice(list(walk.people.values())))
        for person in walk.people.values():
            await walk.check(person)
        await assert_consistent()
