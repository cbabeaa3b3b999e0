"""Lists of conversations over the schema."""

from __future__ import annotations

from backend.directory.principal import Principal
from backend.mailstore import ingest
from tests.backend.api.test_mail import UPDATE, box, data, maren

__all__ = ["maren"]

VIEW = """query($id: ID) { view(mailboxId: $id, byConversation: true) {
  total messageTotal state rows { subject threadCount
  conversation { members { id isSeen isFlagged } tags { keyword } people { name } } } } }"""
CHANGES = """query($id: ID!, $since: Long!) {
  viewChanges(mailboxId: $id, since: $since, byConversation: true) {
  total messageTotal isReset removed added { index row { id conversation { members { id } } } }
  updated { id keywords conversation { members { id isSeen } tags { keyword ids } } } } }"""


async def letter(account_id: int, number: int, sender: str, mailbox: str = "inbox") -> str:
    raw = (
        f"From: {sender} <{sender}@north.example>\r\nSubject: {'Re: ' * (number > 0)}Garden\r\n"
        f"Message-ID: <{number}@north.example>\r\nReferences: <0@north.example>\r\n\r\nHello {number}\r\n"
    ).encode()
    filed = await ingest.store(raw, account_id, mailbox, internal_at=1_700_000_000 + number)
    return str(filed.ref)


async def test_a_row_stands_for_what_the_mailbox_has_of_a_conversation(maren: Principal) -> None:
    first = await letter(maren.id, 0, "Amara")
    second = await letter(maren.id, 2, "Amara")
    await letter(maren.id, 1, "Maren", "sent")
    view = (await data(VIEW, maren))["view"]

    await data(UPDATE, maren, input={"ids": [first], "addFlags": ["\\Seen", "Plan", "$Forwarded"]})
    inbox = await box(maren, "INBOX")
    changes = (await data(CHANGES, maren, id=inbox, since=view["state"]))["viewChanges"]

    assert (view["total"], view["messageTotal"]) == (1, 2)
    assert view["rows"] == [
        {
            "subject": "Re: Garden",
            "threadCount": 3,
            "conversation": {
                "members": [
                    {"id": second, "isSeen": False, "isFlagged": False},
                    {"id": first, "isSeen": False, "isFlagged": False},
                ],
                "tags": [],
                "people": [{"name": "Amara"}, {"name": "Maren"}],
            },
        }
    ]
    assert changes == {
        "total": 1,
        "messageTotal": 2,
        "isReset": False,
        "removed": [],
        "added": [],
        "updated": [
            {
                "id": second,
                "keywords": [],
                "conversation": {
                    "members": [{"id": second, "isSeen": False}, {"id": first, "isSeen": True}],
                    "tags": [{"keyword": "Plan", "ids": [first]}],
                },
            }
        ],
    }
