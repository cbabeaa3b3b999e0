"""`postroom group`, `user add --shared` and `share`."""

from __future__ import annotations

from tests.backend.cli.conftest import PASSWORD, Command


def test_groups_come_and_go(example: Command) -> None:
    example("user", "add", "bob@example.test", "--password-stdin", given=PASSWORD)
    assert example("group", "add", "Desk@example.test").out == "group desk@example.test is added\n"
    assert example("group", "add", "desk@example.test").status == 1
    assert example("group", "add-member", "desk@example.test", "bob@example.test").status == 0
    refused = example("group", "add-member", "desk@example.test", "nobody@example.test")
    assert (refused.status, refused.err) == (
        1,
        "postroom: There is no user nobody@example.test in example.test\n",
    )

    listed = example("group", "list", "example.test", "--json").json
    assert [(one["name"], one["members"]) for one in listed] == [("desk@example.test", 1)]
    assert [one["address"] for one in example("group", "show", "desk@example.test", "--json").json] == [
        "bob@example.test"
    ]
    assert example("group", "remove-member", "desk@example.test", "bob@example.test").status == 0
    assert example("group", "remove-member", "desk@example.test", "bob@example.test").status == 1
    assert example("group", "remove", "desk@example.test").status == 0
    assert example("group", "list", "example.test", "--json").json == []


def test_account_without_a_person_is_granted(example: Command) -> None:
    example("user", "add", "bob@example.test", "--password-stdin", given=PASSWORD)
    made = example("user", "add", "info@example.test", "--shared", "--json").json
    assert made["shared"] is True
    refused = example("user", "set", "info@example.test", "--password-stdin", given=PASSWORD)
    assert refused.status == 1
    assert example("user", "set", "info@example.test", "--role", "domain-administrator").status == 1

    set_ = example("share", "set", "info@example.test", "INBOX", "bob@example.test", "lrs")
    assert (set_.status, set_.out) == (0, "bob@example.test holds lrs on INBOX of info@example.test\n")
    assert example("share", "list", "info@example.test", "--json").json == [
        {"holder": "bob@example.test", "rights": "lrs"}
    ]
    assert example("share", "set", "info@example.test", "INBOX", "bob@example.test").status == 0
    assert example("share", "list", "info@example.test", "--json").json == []

    # A person's mailboxes are the person's own.
    assert example("share", "set", "bob@example.test", "INBOX", "info@example.test", "lr").status == 1
