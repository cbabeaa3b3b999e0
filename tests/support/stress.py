"""Many IMAP clients doing random commands on the same mailboxes, and a check of all that they are told.

At quiet points every client stops; what each has been told by then must be what the server holds, the same
for all: UIDs, sequence numbers, flags, modseqs, counts, bodies. Every UID below UIDNEXT is a message or a
tombstone, and only what somebody removed is gone.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from random import Random
from zlib import crc32

import aiosmtplib

from tests.support.imap_client import ImapClient
from tests.support.stress_client import Fetched, Listener, fetched, joined, numbers
from tests.support.stress_rules import Box, Flags, Rules, Sight, User

BOXES = ("INBOX", "Archive", "Trash")
FLAGS = (b"\\Seen", b"\\Flagged", b"\\Answered", b"\\Deleted", b"$Forwarded")
FULL = 150
VERBS = {
    "store": 30, "fetch": 20, "append": 8, "copy": 6, "move": 5, "expunge": 8, "search": 8, "select": 6,
    "idle": 6, "noop": 6, "status": 3, "close": 1, "reconnect": 1,
}  # fmt: skip


@dataclass
class Report:
    """What a run showed."""

    commands: int = 0
    checks: int = 0
    quiet_points: int = 0
    seconds: float = 0
    by_verb: dict[str, int] = field(default_factory=dict)
    refusals: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    traces: dict[str, list[bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Target:
    """Whose mail, and the doors: several where several processes serve it. The first user is the owner."""

    users: tuple[User, ...]
    imap: tuple[tuple[str, int], ...]
    smtp: tuple[str, int] | None = None

    @property
    def owner(self) -> User:
        return self.users[0]


async def run(
    target: Target, *, clients: int, seconds: float, seed: int = 1, quiet_every_s: float = 10
) -> Report:
    """Let so many clients loose for so long."""
    rules = Rules(BOXES, target.users)
    crowd = [Worker(number, rules, target, Random(seed * 1000 + number)) for number in range(clients)]
    began, report = time.monotonic(), Report()
    await asyncio.gather(*(worker.start() for worker in crowd))
    while (left := seconds - (time.monotonic() - began)) > 0 and not rules.violations:
        until = time.monotonic() + min(left, quiet_every_s)
        async with asyncio.TaskGroup() as group:
            for worker in crowd:
                group.create_task(worker.work(until))
            if target.smtp is not None:
                group.create_task(_deliver(rules, target, until))
        if target.smtp is not None:
            await _until_delivered(rules, target)
        await _quiet(rules, crowd, target)
        report.quiet_points += 1
    await asyncio.gather(*(worker.listener.disconnect() for worker in crowd))
    report.seconds = time.monotonic() - began
    report.commands, report.checks = sum(rules.commands.values()), rules.checks
    report.by_verb, report.refusals = dict(rules.commands.most_common()), dict(rules.refusals)
    report.violations, report.traces = rules.violations, rules.traces
    return report


def letter(key: str) -> bytes:
    """A message that is known by its key."""
    return (
        f"From: amara@north.example\r\nTo: maren@example.test\r\nSubject: {key}\r\nX-Stress: {key}\r\n"
        f"Message-ID: <{key}@north.example>\r\n\r\n" + "A line of text.\r\n" * (crc32(key.encode()) % 40)
    ).encode()


async def _deliver(rules: Rules, target: Target, until: float) -> None:
    """Mail comes in beside what clients do."""
    assert target.smtp is not None
    host, port = target.smtp
    async with aiosmtplib.SMTP(hostname=host, port=port, start_tls=False, timeout=30) as client:
        while time.monotonic() < until:
            rules.commands["mail"] += 1
            await client.sendmail(
                "amara@north.example", [target.owner.login], letter(f"mail.{rules.commands['mail']}")
            )
            await asyncio.sleep(0.2)


async def _until_delivered(rules: Rules, target: Target, timeout_s: float = 30) -> None:
    """Every UID of INBOX that no client has added is a mail; all must come, and not one twice."""
    client = await ImapClient.connect(target.imap[0])
    await client.login(target.owner.login, target.owner.password)
    inbox, deadline = rules.boxes["INBOX"], time.monotonic() + timeout_s
    while True:
        uidnext = status_of(await client.ok("STATUS INBOX (UIDNEXT)"))["UIDNEXT"]
        missing = rules.commands["mail"] - (uidnext - 1 - len(inbox.added))
        if missing <= 0 or time.monotonic() > deadline:
            break
        await asyncio.sleep(0.1)
    rules.require(missing == 0, f"INBOX: {missing} of {rules.commands['mail']} mails are missing")
    await client.close()


class Worker:
    """One client with a will of its own."""

    def __init__(self, number: int, rules: Rules, target: Target, chance: Random) -> None:
        self.number, self.rules, self.target, self.chance = number, rules, target, chance
        # A third each: QRESYNC, CONDSTORE, and neither; some of each with NOTIFY.
        user = target.users[number % len(target.users)]
        self.sights = rules.sights[user.login]
        manner = number // 2 % 3
        self.listener = Listener(
            f"client {number}",
            rules,
            user,
            qresync=manner == 0,
            condstore=manner == 1,
            notify=number // 6 % 2 == 1,
        )
        self.written = 0

    async def start(self) -> None:
        """Connect and open a mailbox."""
        address = self.target.imap[self.number % len(self.target.imap)]
        await self.listener.connect(address)
        await self.select()

    async def work(self, until: float) -> None:
        """Random commands until that moment, the first violation, or a connection that breaks."""
        try:
            while time.monotonic() < until and not self.rules.violations:
                known = self.listener.known
                if known is not None and len(known.uids) > FULL:
                    await self.purge()
                [verb] = self.chance.choices(list(VERBS), list(VERBS.values()))
                await getattr(self, verb)()
                await self.listener.learn()
        except (OSError, EOFError, TimeoutError) as exc:
            self.rules.require(False, f"client {self.number}: the connection broke: {exc!r}")

    # -- choices

    @property
    def box(self) -> Box:
        assert self.listener.known is not None
        return self.listener.known.box

    def some(self, most: int = 6) -> list[int]:
        """Some UIDs that the client knows."""
        assert self.listener.known is not None
        uids = self.listener.known.all_uids
        return sorted(self.chance.sample(uids, min(len(uids), self.chance.randint(1, most))))

    def named(self, uids: list[int]) -> tuple[str, str]:
        """`UID ` and UIDs, or nothing and sequence numbers: at this moment they mean the same."""
        if self.chance.random() < 0.5:
            return "UID ", joined(uids)
        assert self.listener.known is not None
        places = {uid: at + 1 for at, uid in enumerate(self.listener.known.uids) if uid is not None}
        return "", joined(places[uid] for uid in uids)

    # -- verbs

    async def store(self) -> None:
        known, uids = self.listener.known, self.some()
        if known is None or not uids:
            return
        flags = frozenset(self.chance.sample(FLAGS, self.chance.randint(1, 2)))
        sign = self.chance.choice(("+", "-", "+", "-", ""))
        if b"\\Deleted" in flags and sign != "-":
            known.box.removable.update(uids)
        # With NOTIFY flags that are told before the answer may be those before the command or behind it.
        is_silent = self.chance.random() < 0.5 and not self.listener.has_notify
        condition = ""
        if self.listener.has_condstore and self.chance.random() < 0.3:
            condition = f"(UNCHANGEDSINCE {max(known.modseqs.values(), default=0)}) "
        by, names = self.named(uids)
        words = b" ".join(sorted(flags)).decode()
        heard: dict[int, Flags] = {}
        line = f"{by}STORE {names} {condition}{sign}FLAGS{'.SILENT' if is_silent else ''} ({words})"
        numbered = list(known.uids)
        answer = await self.listener.command(line, may_expunge=bool(by))
        if not is_silent or not answer.is_ok:
            return
        # Silence means: as you would think yourself; but for what failed, and what others have changed.
        for response in answer.untagged:
            one = fetched(response)
            if one is not None and one.flags is not None:
                uid = one.uid or known.uids[one.number - 1] or 0
                heard[uid] = one.flags
        failed = self._modified(answer.status, numbered, by_uid=bool(by))
        for uid in uids:
            if uid in known.flags and uid not in heard and uid not in failed:
                old = known.flags[uid]
                known.flags[uid] = old | flags if sign == "+" else old - flags if sign == "-" else flags

    @staticmethod
    def _modified(status: bytes, numbered: list[int | None], *, by_uid: bool) -> set[int]:
        _, found, rest = status.partition(b"[MODIFIED ")
        if not found:
            return set()
        named = numbers(rest.partition(b"]")[0])
        return set(named) if by_uid else {numbered[number - 1] or 0 for number in named}

    async def fetch(self) -> None:
        uids = self.some(20)
        if not uids:
            return
        by, names = self.named(uids)
        items = self.chance.choice(
            (
                "FLAGS",
                "(UID FLAGS)",
                "(UID RFC822.SIZE BODY.PEEK[])",
                "(UID BODY[] FLAGS)",
                "(UID ENVELOPE FLAGS)",
            )
        )
        await self.listener.command(f"{by}FETCH {names} {items}", may_expunge=bool(by))

    async def append(self) -> None:
        sight = self.sights[self.chance.choice(BOXES)]
        box, raws = sight.box, list[bytes]()
        floor = box.uidnext
        for _ in range(self.chance.choice((1, 1, 1, 3))):
            self.written += 1
            raws.append(letter(f"letter.{self.number}.{self.written}"))
        flags = self.chance.choice(("", "(\\Seen) ", "(\\Flagged $Forwarded) "))
        # Every literal but the last is followed by the next one's size.
        pieces = [
            raw + (f" {flags}{{{len(raws[at + 1])}}}\r\n".encode() if at + 1 < len(raws) else b"\r\n")
            for at, raw in enumerate(raws)
        ]
        answer = await self.listener.command(f"APPEND {sight.wire} {flags}{{{len(raws[0])}}}", *pieces)
        if answer.is_ok:
            uids = numbers(answer.status.partition(b"[APPENDUID ")[2].partition(b"]")[0].split()[1])
            self.rules.require(len(uids) == len(raws), f"APPEND of {len(raws)} named {uids}")
            self.rules.assigned(box, uids, floor)

    async def copy(self) -> None:
        await self._transfer("COPY")

    async def move(self) -> None:
        await self._transfer("MOVE")

    async def _transfer(self, verb: str) -> None:
        uids = self.some()
        if not uids:
            return
        box = self.box
        sight = self.sights[self.chance.choice([name for name in BOXES if name != box.name])]
        other, floor = sight.box, sight.box.uidnext
        if verb == "MOVE":
            box.removable.update(uids)
        by, names = self.named(uids)
        answer = await self.listener.command(f"{by}{verb} {names} {sight.wire}")
        for line in (*answer.untagged, answer.status):
            _, found, rest = line.partition(b"[COPYUID ")
            if found:
                _, old, new = rest.partition(b"]")[0].split()
                pairs = list(zip(numbers(old), numbers(new), strict=True))
                self.rules.assigned(other, [target for _, target in pairs], floor)
                self.rules.require({one for one, _ in pairs} <= set(uids), f"{verb} of others than {uids}")
                other.copied.update((target, (box, one)) for one, target in pairs)

    async def expunge(self) -> None:
        uids = self.some()
        if uids and self.chance.random() < 0.5:
            await self.listener.command(f"UID EXPUNGE {joined(uids)}")
        else:
            await self.listener.command("EXPUNGE")

    async def purge(self) -> None:
        uids = self.some(100)
        if not uids:  # all have gone, which it has not been told yet
            return
        self.box.removable.update(uids)
        await self.listener.command(f"UID STORE {joined(uids)} +FLAGS (\\Deleted)")
        await self.listener.command("EXPUNGE")

    async def search(self) -> None:
        known = self.listener.known
        assert known is not None
        key = self.chance.choice(
            ("ALL", "UNSEEN", "DELETED", "SUBJECT letter", "FLAGGED UNDELETED", "BODY text")
        )
        count = len(known.uids)
        answer = await self.listener.command(f"SEARCH {key}", may_expunge=False)
        for line in answer.untagged:
            if line.endswith(b" EXISTS"):  # NOTIFY may have told it before the command came
                count = int(line.split()[1])
            if line.startswith(b"* SEARCH"):
                named = [int(number) for number in line.split()[2:]]
                self.rules.require(named == sorted(set(named)), f"SEARCH {key}: {named}")
                self.rules.require(all(0 < one <= count for one in named), f"SEARCH of {count}: {named}")

    async def select(self) -> None:
        await self.listener.select(self.chance.choice(BOXES))
        await self.listener.learn()

    async def idle(self) -> None:
        client = self.listener.client
        assert client is not None
        self.rules.commands["IDLE"] += 1
        heard = self.rules.heard[self.listener.name]
        heard.append(b"> IDLE")
        client.send(b"i IDLE\r\n")
        until, is_done = time.monotonic() + self.chance.random() * 0.5, False
        while True:
            if not is_done and time.monotonic() >= until:
                client.send(b"DONE\r\n")
                is_done = True
            try:
                async with asyncio.timeout(None if is_done else 0.05):
                    response = await client.response()
            except TimeoutError:
                continue
            heard.append(response)
            if response.startswith(b"i "):
                self.rules.require(response.startswith(b"i OK"), f"IDLE: {response!r}")
                return
            if not response:
                raise EOFError("in IDLE")
            if not response.startswith(b"+"):
                self.listener.hear(response)

    async def noop(self) -> None:
        await self.listener.command(self.chance.choice(("NOOP", "CHECK")))

    async def status(self) -> None:
        sight = self.sights[self.chance.choice(BOXES)]
        floor = sight.floor
        answer = await self.listener.command(f"STATUS {sight.wire} (UIDNEXT UIDVALIDITY HIGHESTMODSEQ)")
        found = status_of(answer.untagged)
        self.rules.opened(sight, found["UIDVALIDITY"], found["UIDNEXT"], found["HIGHESTMODSEQ"], floor)

    async def close(self) -> None:
        await self.listener.command(self.chance.choice(("CLOSE", "UNSELECT")))
        self.listener.known = None
        await self.select()

    async def reconnect(self) -> None:
        await self.listener.disconnect()
        await self.start()


def status_of(untagged: list[bytes]) -> dict[str, int]:
    """The items of a STATUS response."""
    [*_, line] = [line for line in untagged if line.startswith(b"* STATUS")]  # NOTIFY may tell others before
    words = line.partition(b"(")[2].rstrip(b")").decode().split()
    return {name: int(value) for name, value in zip(words[::2], words[1::2], strict=True)}


# -- quiet points


async def _quiet(rules: Rules, crowd: list[Worker], target: Target) -> None:
    """Nobody changes anything: everyone looks, and must see the same."""
    await asyncio.gather(*(worker.listener.command("NOOP") for worker in crowd))
    await asyncio.gather(*(worker.listener.learn() for worker in crowd))
    shared: dict[str, dict[int, Flags]] = {}
    for user in target.users:
        client = await ImapClient.connect(target.imap[0])
        await client.login(user.login, user.password)
        await client.ok("ENABLE QRESYNC")
        for name, sight in rules.sights[user.login].items():
            truth = await _truth(rules, client, sight)
            for worker in crowd:
                if worker.listener.known is not None and worker.listener.known.sight is sight:
                    _compare(rules, worker, truth)
            flags = {uid: (one.flags or frozenset()) - {b"\\Seen"} for uid, one in truth.items()}
            rules.require(shared.setdefault(name, flags) == flags, f"{name}: {user.login} sees other flags")
        await client.close()


async def _truth(rules: Rules, client: ImapClient, sight: Sight) -> dict[int, Fetched]:
    """What the mailbox holds for one user, asked in several ways that must agree."""
    box = sight.box
    selected = await client.ok(f"SELECT {sight.wire}")
    exists = int(next(line for line in selected if line.endswith(b" EXISTS")).split()[1])
    answers = await client.ok("UID FETCH 1:* (UID FLAGS MODSEQ RFC822.SIZE BODY.PEEK[])") if exists else []
    held = {one.uid: one for line in answers if (one := fetched(line)) and one.uid is not None}
    rules.require([one.number for one in held.values()] == [*range(1, exists + 1)], f"{box.name}: numbers")
    rules.require(list(held) == sorted(held), f"{box.name}: UIDs are not in order")
    for uid, one in held.items():
        rules.body(box, uid, one.body)
        rules.require(one.size == len(one.body or b""), f"{box.name}: UID {uid} has another size")
    found = status_of(
        await client.ok(
            f"STATUS {sight.wire} (MESSAGES UNSEEN DELETED SIZE UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"
        )
    )
    counted = {
        "MESSAGES": len(held),
        "UNSEEN": sum(b"\\Seen" not in (one.flags or ()) for one in held.values()),
        "DELETED": sum(b"\\Deleted" in (one.flags or ()) for one in held.values()),
        "SIZE": sum(one.size or 0 for one in held.values()),
    }
    rules.require(counted.items() <= found.items(), f"{sight.wire}: {counted}, STATUS tells {found}")
    rules.opened(sight, found["UIDVALIDITY"], found["UIDNEXT"], found["HIGHESTMODSEQ"], sight.floor)
    highest = max((one.modseq or 0 for one in held.values()), default=0)
    rules.require(highest <= found["HIGHESTMODSEQ"], f"{sight.wire}: modseq {highest} above HIGHESTMODSEQ")
    await _graves(rules, client, box, set(held), found["UIDNEXT"])
    [unseen] = await client.ok("UID SEARCH UNSEEN")
    rules.require(len(unseen.split()) - 2 == counted["UNSEEN"], f"{sight.wire}: SEARCH UNSEEN finds others")
    return held


async def _graves(rules: Rules, client: ImapClient, box: Box, held: set[int], uidnext: int) -> None:
    lines = await client.ok("UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)")
    gone: set[int] = set()
    for line in lines:
        if line.startswith(b"* VANISHED (EARLIER) "):
            gone.update(numbers(line.split()[3]))
    lost = sorted(set(range(1, uidnext)) - held - gone)
    rules.require(not lost, f"{box.name}: UIDs {lost[:10]} are neither messages nor tombstones")
    rules.require(not held & gone, f"{box.name}: UIDs {sorted(held & gone)[:10]} are both")
    strange = sorted(uid for uid in gone if not box.may_be_gone(uid))
    rules.require(not strange, f"{box.name}: nobody removed the UIDs {strange[:10]}")
    rules.require(box.added <= held | gone, f"{box.name}: UIDs were given that are not there")


def _compare(rules: Rules, worker: Worker, truth: dict[int, Fetched]) -> None:
    """What one client has been told against what there is."""
    known = worker.listener.known
    assert known is not None
    where = f"client {worker.number} in {known.sight.wire}"
    rules.require(
        known.uids == list(truth), f"{where}: knows {len(known.uids)} messages, there are {len(truth)}"
    )
    for uid, one in truth.items():
        told = known.flags.get(uid)
        rules.require(told == one.flags, f"{where}: UID {uid} is {one.flags}, it was told {told}")
