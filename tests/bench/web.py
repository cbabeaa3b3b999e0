"""Lists by GraphQL."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

from tests.bench.figures import Figure, ms
from tests.support.public_clients import PASSWORD
from tests.support.served import Served
from tests.support.web_client import Web

LIST = """query($id: ID!, $offset: Int!) { view(mailboxId: $id, offset: $offset, limit: 60) {
  total state rows { id threadId threadCount from { name address } toText subject preview receivedAt
  isSeen isFlagged isAnswered hasAttachments } } }"""


async def lists(served: Served, login: str) -> AsyncIterator[Figure]:
    """A window of the list, at its head and in its middle."""
    web = Web(served.http)
    await web.sign_in(login, PASSWORD)
    inbox = (await web.boxes())["INBOX"]
    for name, offset in (("head", 0), ("middle", inbox["total"] // 2)):
        seconds = []
        for _ in range(20):
            began = time.monotonic()
            await web.ask(LIST, id=inbox["id"], offset=offset)
            seconds.append(time.monotonic() - began)
        yield ms(f"GraphQL list of 60, {name} of {inbox['total']}", seconds, "over HTTP")
    await web.close()
