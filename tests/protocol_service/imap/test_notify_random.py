"""Random changes: who only listens to NOTIFY knows what LIST, STATUS and FETCH would have said."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from backend.mailstore.mailbox_names import is_below
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient

Value = TypeVar("Value")

STEPS = 25
NAMES = ["Archive", "a", "b", "a/x", "a/y", "b/x", "a/x/z", "b/x/y", "c"]
_LIST = re.compile(rb'\* LIST \(([^)]*)\) "/" "([^"]*)"(?: \("OLDNAME" \("([^"]*)"\)\))?')
_STATUS = re.compile(
    rb'\* STATUS "([^"]*)" \(MESSAGES (\d+) UIDNEXT (\d+) UIDVALIDITY \d+ UNSEEN (\d+) HIGHESTMODSEQ (\d+)\)'
)
_FETCH = re.compile(rb"\* (\d+) FETCH \(UID (\d+) FLAGS \(([^)]*)\)")


@dataclass
class Listener:
    """What a client makes of the responses."""

    subscribed: dict[str, bool] = field(default_factory=dict)
    counts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    messages: list[tuple[int, bytes]] = field(default_factory=list)  # of the selected mailbox

    def hear(self, line: bytes) -> None:
        if match := _LIST.fullmatch(line):
            self._hear_name(match[1].split(), match[2].decode(), (match[3] or b"").decode())
        elif match := _STATUS.fullmatch(line):
            self.counts[match[1].decode()] = tuple(map(int, match.groups()[1:]))
        elif match := _FETCH.match(line):
            number, message = int(match[1]), (int(match[2]), match[3])
            assert number <= len(self.messages) + 1
            self.messages[number - 1 : number] = [message]
        elif line.endswith(b" EXPUNGE"):
            del self.messages[int(line.split()[1]) - 1]
        else:
            assert line.endswith((b" EXISTS", b" RECENT")), line

    def _hear_name(self, attributes: list[bytes], name: str, old: str) -> None:
        if b"\\NonExistent" in attributes:
            del self.subscribed[name]
            self.counts.pop(name, None)
            return
        if old:
            assert name not in self.subscribed
            self.subscribed = _renamed(self.subscribed, old, name)
            self.counts = _renamed(self.counts, old, name)
        self.subscribed[name] = b"\\Subscribed" in attributes


def _renamed(values: dict[str, Value], old: str, new: str) -> dict[str, Value]:
    return {
        new + name[len(old) :] if name == old or is_below(name, old) else name: value
        for name, value in values.items()
    }


async def truth(imap: ImapClient) -> Listener:
    """What there is, asked for by a client with the same mailbox selected."""
    await imap.ok("NOOP")
    found = Listener()
    for line in await imap.ok(
        'LIST "" * RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ))'
    ):
        if not line.startswith((b'* STATUS "INBOX"', b"* OK [HIGHESTMODSEQ ")):  # it is the selected one
            found.hear(line)
    for line in await imap.ok("UID FETCH 1:* FLAGS"):
        found.hear(line)
    return found


def command(rng: random.Random) -> bytes:
    """A change, which may be refused."""
    name, other = rng.choice(NAMES).encode(), rng.choice(NAMES).encode()
    raw = numbered(rng.randrange(100))
    message = b"{%d+}\r\n%b" % (len(raw), raw)
    flag = rng.choice([b"\\Seen", b"\\Flagged", b"\\Deleted"])
    return rng.choice(
        [
            b"CREATE " + name,
            b"CREATE " + name,
            b"DELETE " + name,
            b"RENAME %b %b" % (name, other),
            b"SUBSCRIBE " + name,
            b"UNSUBSCRIBE " + name,
            b"APPEND %b %b" % (name, message),
            b"APPEND INBOX " + message,
            b"UID COPY 1:* " + name,
            b"UID MOVE %d %b" % (rng.randrange(1, 30), name),
            b"UID STORE %d +FLAGS.SILENT (%b)" % (rng.randrange(1, 9), flag),
            b"UID STORE 1:* -FLAGS.SILENT (%b)" % flag,
            b"EXPUNGE",
        ]
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("selector", ["selected", "selected-delayed"])
async def test_listening_is_knowing(house: ImapHouse, seed: int, selector: str) -> None:
    rng = random.Random(f"{selector} {seed}")
    changers = [await house.client(select="INBOX") for _ in range(2)]
    listener = await house.client()
    known = await truth(await house.client(select="INBOX"))
    await listener.ok("SELECT INBOX")
    await listener.ok(
        f"NOTIFY SET ({selector} (MessageNew (UID FLAGS) MessageExpunge FlagChange))"
        " (personal (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange))"
    )

    for step in range(STEPS):
        for at, client in enumerate(changers):
            commands = [command(rng) for _ in range(rng.randrange(5))]
            if at:  # the first one stays where the listener is
                commands.insert(
                    0, b"SELECT " + rng.choice([b"INBOX", b"Archive", rng.choice(NAMES).encode()])
                )
            client.send(b"".join(b"s%d.%d.%d %b\r\n" % (step, at, n, c) for n, c in enumerate(commands)))
            for number in range(len(commands)):
                await client.answer(b"s%d.%d.%d" % (step, at, number))
        heard = [*await listener.ok("NOOP"), *await listener.ok("NOOP")]
        for line in heard:
            known.hear(line)
        wanted = await truth(changers[0])
        assert (known.subscribed, known.messages) == (wanted.subscribed, wanted.messages), heard
        # A new mailbox has none until something happens to it.
        empty = {name for name, counts in wanted.counts.items() if counts[:2] == (0, 1)}
        assert {n: c for n, c in known.counts.items() if n not in empty} == {
            n: c for n, c in wanted.counts.items() if n not in empty
        }, heard
