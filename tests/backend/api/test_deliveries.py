"""Where is my mail, over GraphQL: pages, one message, and who is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

from backend.directory import domains, users
from backend.directory.principal import SYSTEM, Principal, for_user
from backend.directory.roles import MATRIX, Role
from backend.kit import blobs, clock, db, ids
from backend.kit.db import Tx
from backend.kit.runtime import Runtime
from backend.mailstore import ingest
from backend.spool import refusals
from backend.spool.enqueue import enqueue
from backend.spool.refusals import Refusal
from backend.spool.types import Envelope, SpoolRcpt
from tests.support.api import ask
from tests.support.people import add_user

MAIL = b"Message-ID: <one@example.test>\r\nDate: %b\r\nSubject: Plans\r\n\r\nHello\r\n"
OF_DOMAIN = """query($domainId: ID!, $after: String, $state: DeliveryState, $since: DateTime) {
  found: domainDeliveries(domainId: $domainId, first: 1, after: $after, state: $state, since: $since) {
    lookedBackTo pageInfo { hasNextPage endCursor }
    edges { node { id sender subject isOutgoing
      recipients { address state isGroup attempts trace { event } } } } } }"""
OF_MESSAGE = (
    "query($id: ID!) { found: messageDelivery(messageId: $id) { subject recipients { address state } } }"
)


async def spool(sender: str, to: str, account_id: int | None = None) -> None:
    new = await blobs.prepare(MAIL % b"x")
    envelope = Envelope(
        sender=sender,
        recipients=(SpoolRcpt(*to.split("@")),),
        account_id=account_id,
        subject="Plans",
        message_id="one@example.test",
    )
    await db.write(lambda tx: enqueue(tx, envelope, new))


async def people() -> tuple[str, Principal, Principal]:
    """The domain's id, a user, and an administrator of the domain."""
    domain = await domains.add(SYSTEM, "example.test")
    ada = for_user(await users.get(SYSTEM, await add_user(domain.id, "ada")))
    role = Role.DOMAIN_ADMINISTRATOR
    boss = Principal("user", 7, "boss@example.test", role, MATRIX[role], user_id=7, domain_id=domain.id)
    return str(domain.id), ada, boss


async def test_a_domain_pages_through_its_messages(rt: Runtime) -> None:
    domain_id, ada, boss = await people()
    await spool("ada@example.test", "y@far.test", ada.user_id)
    await spool("x@far.test", "ada@example.test")

    first = (await ask(OF_DOMAIN, boss, domainId=domain_id))["data"]["found"]
    after = first["pageInfo"]["endCursor"]
    second = (await ask(OF_DOMAIN, boss, domainId=domain_id, after=after))["data"]["found"]

    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    assert first["lookedBackTo"] is not None
    assert second["lookedBackTo"] is None
    [edge] = second["edges"]
    assert edge["node"]["isOutgoing"] is True
    assert edge["node"]["subject"] == ""
    waiting = {"address": "y@far.test", "state": "WAITING", "isGroup": False, "attempts": 0}
    assert edge["node"]["recipients"] == [{**waiting, "trace": [{"event": "ACCEPTED"}]}]
    none = await ask(OF_DOMAIN, boss, domainId=domain_id, state="FAILED", since="2026-01-01T00:00:00Z")
    assert none["data"]["found"]["edges"] == []


async def test_another_domain_and_a_plain_user_are_refused(rt: Runtime) -> None:
    domain_id, ada, boss = await people()
    other = await domains.add(SYSTEM, "other.test")

    foreign = await ask(OF_DOMAIN, boss, domainId=str(other.id))
    own = await ask(OF_DOMAIN, ada, domainId=domain_id)

    assert [error["extensions"]["code"] for error in foreign["errors"]] == ["NOT_FOUND"]
    assert [error["extensions"]["code"] for error in own["errors"]] == ["PERMISSION_DENIED"]
    assert foreign["data"] == own["data"] == {"found": None}


async def test_a_sent_message_says_what_became_of_it(rt: Runtime) -> None:
    _, ada, boss = await people()
    assert ada.user_id is not None
    await spool("ada@example.test", "y@far.test", ada.user_id)
    day = format_datetime(datetime.fromtimestamp(clock.now(), UTC)).encode()
    prepared = await ingest.prepare(MAIL % day)
    account_id = ada.user_id

    async def verb(tx: Tx) -> int:
        return (await ingest.ingest(tx, prepared, account_id, "sent", flags=1, quota_bytes=0)).ref

    ref = str(await db.write(verb))

    found = {"subject": "Plans", "recipients": [{"address": "y@far.test", "state": "WAITING"}]}
    assert (await ask(OF_MESSAGE, ada, id=ref))["data"]["found"] == found
    assert (await ask(OF_MESSAGE, boss, id=ref))["data"]["found"] is None
    assert (await ask(OF_MESSAGE, ada, id="12345"))["data"]["found"] is None


async def test_refused_mail_stands_among_the_rest(rt: Runtime) -> None:
    domain_id, ada, boss = await people()
    await spool("x@far.test", "ada@example.test")
    said = ("192.0.2.1", "mx.far.test", "ESMTP", "4.2.2", "452 4.2.2 Mailbox is full", 3)
    row = Refusal(ids.new_id(), "eve@far.test", "ada", "example.test", None, None, *said)
    await db.write(lambda tx: refusals.record(tx, [row]))
    node = "node { at times recipients { address state lastStatus lastReply trace { event } } }"
    own = f"{{ found: incomingDeliveries {{ edges {{ {node} }} }} }}"
    every = f"{{ found: refusedMail {{ edges {{ {node} }} }} }}"

    first, second = (await ask(own, ada))["data"]["found"]["edges"]
    page = (await ask(OF_DOMAIN, boss, domainId=domain_id))["data"]["found"]
    after = page["pageInfo"]["endCursor"]
    rest = (await ask(OF_DOMAIN, boss, domainId=domain_id, after=after))["data"]["found"]
    refused = (await ask(OF_DOMAIN, boss, domainId=domain_id, state="REFUSED"))["data"]["found"]

    [shown] = first["node"]["recipients"]
    assert (shown["address"], shown["state"], shown["lastStatus"]) == ("ada@example.test", "REFUSED", "4.2.2")
    assert (shown["lastReply"], shown["trace"]) == ("452 4.2.2 Mailbox is full", [])
    assert first["node"]["times"] == 3
    assert (second["node"]["times"], second["node"]["recipients"][0]["state"]) == (1, "WAITING")
    states = [one["edges"][0]["node"]["recipients"][0]["state"] for one in (page, rest, refused)]
    assert states == ["REFUSED", "WAITING", "REFUSED"]
    assert (rest["pageInfo"]["hasNextPage"], len(refused["edges"])) == (False, 1)
    assert [edge["node"]["times"] for edge in (await ask(every, SYSTEM))["data"]["found"]["edges"]] == [3]
    assert (await ask(every, boss))["errors"][0]["extensions"]["code"] == "PERMISSION_DENIED"
