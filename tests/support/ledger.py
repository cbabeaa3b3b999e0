"""Load with a memory: who sent what, what got its 250, and an audit by IMAP of what became of it.

Every attempt to send is a message of its own (`X-Ledger: number.attempt`), so what was never answered may be
there or not, but what got 250 must be there exactly once, byte for byte.
"""

from __future__ import annotations

import asyncio
import base64
import imaplib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

import aiosmtplib

_MARK = re.compile(rb"^X-Ledger: (\d+\.\d+)\r\n", re.MULTILINE)
_WORDS = (
    "the", "orchard", "behind", "a", "quiet", "wall", "keeps", "more", "light", "than", "paper", "can",
    "hold", "and", "nobody", "counts",
)  # fmt: skip
_FETCH = 200


@lru_cache(maxsize=2500)
def body(number: int) -> bytes:
    """What an everyday message of 1 to 100 KB looks like below its header."""
    chance = Random(number)
    text = "\r\n".join(
        " ".join(chance.choices(_WORDS, k=chance.randint(4, 11))).capitalize() + "."
        for _ in range(chance.randint(12, 60))
    ).encode()
    kind = chance.random()
    if kind < 0.45:
        return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + b"\r\n.\r\n..two dots\r\n"
    html = b"<html><body><p>" + text.replace(b"\r\n", b"<br>\r\n") + b"</p></body></html>"
    parts = [b"Content-Type: text/plain\r\n\r\n" + text, b"Content-Type: text/html\r\n\r\n" + html]
    if kind > 0.75:
        encoded = base64.encodebytes(chance.randbytes(chance.randint(2_000, 70_000))).replace(b"\n", b"\r\n")
        parts.append(
            b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            b'Content-Disposition: attachment; filename="plan.pdf"\r\n\r\n' + encoded
        )
    boundary = b"=_%08d" % number
    inner = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    subtype = b"mixed" if kind > 0.75 else b"alternative"
    return (
        b"Content-Type: multipart/"
        + subtype
        + b'; boundary="'
        + boundary
        + b'"\r\n\r\n'
        + inner
        + b"--"
        + boundary
        + b"--\r\n"
    )


def message(number: int, attempt: int, recipient: str) -> bytes:
    """Message `number`; the same for the same arguments."""
    header = (
        f"From: Amara Okafor <amara@north.example>\r\nTo: <{recipient}>\r\n"
        f"Subject: Ledger {number}\r\nDate: Sun, 22 Nov 2026 09:41:00 +0000\r\n"
        f"Message-ID: <{number}.{attempt}@north.example>\r\nX-Ledger: {number}.{attempt}\r\n"
        "MIME-Version: 1.0\r\n"
    )
    return header.encode() + body(number)


@dataclass
class Ledger:
    """Sends `count` messages over some connections until each has got a 250, whatever happens in between."""

    count: int
    recipients: Sequence[str]
    port: Callable[[], int]
    accepted: set[str] = field(default_factory=set)
    tried: dict[str, tuple[int, int]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    progress: asyncio.Condition = field(default_factory=asyncio.Condition)

    def recipient(self, number: int) -> str:
        """Who gets message `number`."""
        return self.recipients[number % len(self.recipients)]

    async def send_all(self, connections: int = 20) -> None:
        """Send everything."""
        numbers = iter(range(self.count))
        async with asyncio.TaskGroup() as group:
            for _ in range(connections):
                group.create_task(self._connection(numbers))

    async def wait_for(self, count: int) -> None:
        """Wait until that many have got their 250."""
        async with self.progress:
            await self.progress.wait_for(lambda: len(self.accepted) >= count)

    async def _connection(self, numbers: Iterator[int]) -> None:
        client: aiosmtplib.SMTP | None = None
        for number in numbers:
            attempt = 0
            while True:
                await self.is_up.wait()
                try:
                    client = client or await self._connect()
                    await self._send(client, number, attempt)
                    break
                except aiosmtplib.SMTPResponseException as refusal:
                    # A refusal while the server goes or comes is temporary, and told in the audit if not.
                    if refusal.code >= 500:
                        self.refused.append(f"{number}.{attempt}: {refusal.code} {refusal.message}")
                        return
                except (aiosmtplib.SMTPException, OSError):
                    pass  # no answer: whether it was taken is what the audit finds out
                client = None
                attempt += 1
                await asyncio.sleep(0.05)
        if client is not None:
            client.close()

    async def _connect(self) -> aiosmtplib.SMTP:
        client = aiosmtplib.SMTP(
            hostname="127.0.0.1",
            port=self.port(),
            start_tls=False,
            timeout=20,
            local_hostname="mx.north.example",
        )
        await client.connect()
        return client

    async def _send(self, client: aiosmtplib.SMTP, number: int, attempt: int) -> None:
        recipient, key = self.recipient(number), f"{number}.{attempt}"
        self.tried[key] = (number, attempt)
        await client.sendmail("amara@north.example", [recipient], message(number, attempt, recipient))
        async with self.progress:
            self.accepted.add(key)
            self.progress.notify_all()

    def audit(self, mailboxes: Sequence[Held]) -> list[str]:
        """What is wrong with what the mailboxes hold; nothing, if all is well."""
        wrong = list(self.refused)
        seen: Counter[str] = Counter()
        for held in mailboxes:
            if sorted(set(held.uids)) != held.uids:
                wrong.append(f"{held.login}: UIDs are not ascending and unique")
            for raw in held.messages.values():
                mark = _MARK.search(raw)
                key = mark[1].decode() if mark else "?"
                seen[key] += 1
                number, attempt = self.tried.get(key, (-1, 0))
                if number < 0 or self.recipient(number) != held.login:
                    wrong.append(f"{key} in the mailbox of {held.login}")
                elif not raw.endswith(message(number, attempt, held.login)):
                    wrong.append(f"{key} has other bytes")
        wrong += [f"{key} is lost" for key in self.accepted - seen.keys()]
        wrong += [f"{key} is there {count} times" for key, count in seen.items() if count > 1]
        return wrong


@dataclass
class Held:
    """What a mailbox holds at a moment: UIDs in order, and the messages by UID."""

    login: str
    uidvalidity: int
    uids: list[int]
    messages: dict[int, bytes]

    @property
    def marks(self) -> dict[int, bytes]:
        """The ledger's key of each UID."""
        return {uid: _MARK.findall(raw)[0] for uid, raw in self.messages.items()}

    def contradictions(self, earlier: Held) -> list[str]:
        """UIDs that name another message than they did before."""
        if self.uidvalidity != earlier.uidvalidity:
            return [f"{self.login}: UIDVALIDITY has changed"]
        now = self.marks
        return [
            f"{self.login}: UID {uid} was {key!r} and is {now.get(uid)!r}"
            for uid, key in earlier.marks.items()
            if now.get(uid) != key
        ]


def hold(port: int, login: str, password: str, *, whole: bool = True) -> Held:
    """Read a whole INBOX by IMAP, or only the ledger's marks in it."""
    item = "BODY.PEEK[]" if whole else "BODY.PEEK[HEADER.FIELDS (X-LEDGER)]"
    with imaplib.IMAP4("127.0.0.1", port, timeout=60) as client:
        client.login(login, password)
        client.select("INBOX", readonly=True)
        [validity] = client.response("UIDVALIDITY")[1]
        _, found = client.uid("SEARCH", "ALL")
        uids = [int(uid) for uid in found[0].split()]
        messages: dict[int, bytes] = {}
        for start in range(0, len(uids), _FETCH):
            part = uids[start : start + _FETCH]
            _, data = client.uid("FETCH", f"{part[0]}:{part[-1]}", f"(UID {item})")
            for entry in data:
                if isinstance(entry, tuple):
                    uid = re.search(rb"UID (\d+)", entry[0])
                    assert uid is not None
                    messages[int(uid[1])] = entry[1]
        return Held(login, int(validity or b"0"), uids, messages)
