"""`postroom admin`, `domain` and `user`: what they print, what they refuse, and with which status."""

from __future__ import annotations

import pytest

from tests.backend.cli.conftest import PASSWORD, Command


def test_administrators_come_and_go(postroom: Command) -> None:
    assert postroom("admin", "add", "root", "--password-stdin", given=PASSWORD + "\n").out == (
        "administrator root is added\n"
    )
    assert postroom("admin", "add", "ROOT", "--password-stdin", given=PASSWORD).status == 1
    last = postroom("admin", "remove", "root")
    assert (last.status, last.out) == (1, "")
    assert last.err == (
        "postroom: The last system administrator who can sign in cannot be removed or disabled\n"
    )
    postroom("admin", "add", "second", "--password-stdin", given=PASSWORD)
    assert postroom("admin", "disable", "root").status == 0
    listed = postroom("admin", "list", "--json").json
    assert [(one["name"], one["enabled"]) for one in listed] == [("root", False), ("second", True)]
    assert postroom("admin", "enable", "root").status == 0
    assert postroom("admin", "password", "root", "--password-stdin", given="another-anchor-74").status == 0
    assert postroom("admin", "remove", "second").status == 0


def test_password_comes_by_standard_input_only(postroom: Command) -> None:
    assert postroom("admin", "add", "root").status == 1
    assert postroom("admin", "add", "root", "--password-stdin", given="").status == 1
    assert postroom("admin", "add", "root", PASSWORD).status == 2
    assert postroom("admin", "list", "--json").json == []


def test_domain_is_shown_with_its_limits(example: Command) -> None:
    changed = example(
        "domain", "set", "example.test", "--set", "domain.max_users=1", "--ceiling", "mailbox.quota_bytes=2G"
    )
    assert changed.status == 0

    shown = example("domain", "show", "EXAMPLE.test", "--json").json

    assert (shown["name"], shown["users"], shown["aliases"]) == ("example.test", 1, 0)
    settings = {row["key"]: row for row in shown["settings"]}
    assert settings["domain.max_users"]["value"] == 1
    assert settings["domain.max_users"]["origin"] == "set by system for example.test"
    assert settings["mailbox.quota_bytes"]["shown"] == "2 GB"
    refused = example("user", "add", "bob@example.test", "--password-stdin", given=PASSWORD)
    assert (refused.status, refused.err) == (
        1,
        "postroom: The domain has 1 users and may have 1; the limit is set by system for example.test\n",
    )
    assert example("domain", "set", "example.test", "--set", "domain.max_users=default").status == 0
    assert "Disk" not in example("domain", "show", "example.test").err


@pytest.mark.parametrize(
    "arguments",
    [
        ("domain", "set", "example.test"),
        ("domain", "set", "example.test", "--set", "no.such=1"),
        ("domain", "set", "example.test", "--set", "domain.max_users"),
        ("domain", "set", "example.test", "--set", "mailbox.quota_bytes=big"),
        ("user", "set", "ada@example.test", "--set", "submission.plain_text=maybe"),
        ("user", "set", "ada@example.test"),
        ("user", "add"),
        ("domain", "frobnicate"),
    ],
)
def test_wrong_usage_is_status_two(postroom: Command, arguments: tuple[str, ...]) -> None:
    assert postroom(*arguments).status == 2


def test_refusal_is_one_line_and_status_one(example: Command) -> None:
    for arguments in (
        ("domain", "add", "example.test"),
        ("domain", "add", "localhost"),
        ("domain", "show", "other.test"),
        ("domain", "remove", "example.test"),
        ("user", "show", "nobody@example.test"),
        ("user", "set", "ada@example.test", "--set", "message.max_bytes=2G"),
        ("admin", "remove", "nobody"),
    ):
        outcome = example(*arguments)

        assert (outcome.status, outcome.out) == (1, ""), arguments
        assert outcome.err.startswith("postroom: ")
        assert outcome.err.count("\n") == 1


def test_user_is_changed(example: Command) -> None:
    outcome = example(
        "user", "set", "ada@example.test", "--name", "Ada Byron", "--role", "domain-administrator",
        "--set", "mailbox.quota_bytes=1.5G", "--set", "submission.plain_text=on",
        "--password-stdin", given="another-anchor-74",
    )  # fmt: skip
    assert outcome.status == 0

    shown = example("user", "show", "ada@example.test", "--json").json

    assert (shown["name"], shown["role"], shown["primary"]) == ("Ada Byron", "domain-administrator", True)
    values = {row["key"]: row["own"] for row in shown["settings"]}
    assert (values["mailbox.quota_bytes"], values["submission.plain_text"]) == (3 << 29, True)


def test_each_role_is_given(example: Command) -> None:
    for role in ("helpdesk", "user-creator", "report-reader", "list-manager", "user"):
        assert example("user", "set", "ada@example.test", "--role", role).status == 0
        assert example("user", "show", "ada@example.test", "--json").json["role"] == role
    for role in ("system-administrator", "HELPDESK ", ""):
        assert example("user", "set", "ada@example.test", "--role", role).status == 2
    assert example("user", "show", "ada@example.test", "--json").json["role"] == "user"


def test_change_that_is_refused_in_part_changes_nothing(example: Command) -> None:
    outcome = example(
        "user", "set", "ada@example.test", "--name", "X",
        "--set", "mailbox.quota_bytes=1G", "--set", "message.max_bytes=2G",
    )  # fmt: skip
    assert outcome.status == 1

    shown = example("user", "show", "ada@example.test", "--json").json
    assert shown["name"] == "Ada"
    assert all(row["own"] is None for row in shown["settings"])


def test_users_are_listed_disabled_and_removed(example: Command) -> None:
    example("domain", "add", "bücher.test")
    example("user", "add", "bob@bücher.test", "--password-stdin", given=PASSWORD)
    assert [row["address"] for row in example("user", "list", "--json").json] == [
        "ada@example.test",
        "bob@xn--bcher-kva.test",
    ]
    assert [row["address"] for row in example("user", "list", "bücher.test", "--json").json] == [
        "bob@xn--bcher-kva.test"
    ]
    assert [row["address"] for row in example("user", "list", "--search", "ada", "--json").json] == [
        "ada@example.test"
    ]
    assert example("user", "disable", "ada@example.test", "--json").json["enabled"] is False
    assert example("user", "enable", "ada@example.test").status == 0
    assert example("user", "remove", "ada@example.test").out == "user ada@example.test is removed\n"
    assert example("user", "list", "example.test").out == "there are no users yet\n"


def test_domain_goes_with_its_users_only_when_told(example: Command) -> None:
    assert example("domain", "disable", "example.test", "--json").json["enabled"] is False
    assert example("domain", "enable", "example.test").status == 0
    assert example("domain", "remove", "example.test", "--with-users").status == 0
    assert example("domain", "list").out == "there are no domains yet\n"


def test_app_passwords_are_shown_once_and_revoked(example: Command) -> None:
    made = example(
        "user", "app-password", "add", "ada@example.test", "--label", "phone", "--protocol", "imap"
    )
    assert (made.status, len(made.out)) == (0, 25)

    (shown,) = example("user", "app-password", "list", "ada@example.test", "--json").json
    assert (shown["label"], shown["protocols"], shown["last_use"]) == ("phone", "imap", None)
    assert made.out.strip() not in example("user", "app-password", "list", "ada@example.test").out

    gone = example("user", "app-password", "revoke", "ada@example.test", shown["id"])
    assert gone.out == "app password 'phone' of ada@example.test is revoked\n"
    assert example("user", "app-password", "revoke", "ada@example.test", shown["id"]).status == 1
    assert example("user", "app-password", "list", "ada@example.test").out == "there are no app passwords\n"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("add", "ada@example.test", "--label", "x", "--protocol", "gopher"), 2),
        (("add", "ada@example.test"), 2),
        (("add", "ada@example.test", "--label", " "), 1),
        (("add", "nobody@example.test", "--label", "x"), 1),
        (("revoke", "ada@example.test", "x"), 2),
    ],
)
def test_app_passwords_that_cannot_be(example: Command, arguments: tuple[str, ...], status: int) -> None:
    outcome = example("user", "app-password", *arguments)

    assert outcome.status == status
    assert outcome.out == ""
    assert outcome.err


def test_a_domain_has_further_names(example: Command) -> None:
    assert example("domain", "alias", "add", "example.test", "bücher.test").out == (
        "bücher.test is an alias of example.test\n"
    )
    taken = example("domain", "add", "xn--bcher-kva.test")
    assert (taken.status, taken.err) == (
        1,
        "postroom: bücher.test is an alias of example.test already\n",
    )
    listed = example("domain", "alias", "list", "example.test", "--json").json
    assert [(one["name"], one["domain"]) for one in listed] == [("xn--bcher-kva.test", "example.test")]
    assert example("domain", "alias", "remove", "bücher.test").status == 0
    assert example("domain", "alias", "list", "example.test", "--json").json == []


def test_mail_of_a_domain_goes_on(example: Command) -> None:
    route = ("domain", "route")
    assert example(*route, "show", "example.test", "--json").json == {
        "domain": "example.test",
        "goes_on": False,
    }
    assert example(
        *route, "set", "example.test", "--host", "inside.test:2525", "--accepts", "listed"
    ).out == ("mail of example.test goes on to inside.test:2525\n")
    assert example(*route, "add", "example.test", "ada", "bob@example.test").out == "2 recipients are new\n"
    assert example(*route, "add", "example.test", given="ada\n\neve@example.test\n").out == (
        "1 recipients are new\n"
    )
    assert example(*route, "drop", "example.test", "bob").status == 0
    listed = example(*route, "list", "example.test", "--json").json
    assert [one["address"] for one in listed] == ["ada@example.test", "eve@example.test"]
    assert example(*route, "set", "example.test").out == "mail of example.test goes on to better MX\n"
    assert example(*route, "show", "example.test", "--json").json["accepts"] == "any"
    assert example(*route, "remove", "example.test").status == 0
    assert example(*route, "set", "example.test", "--host", "inside.test:x").status == 2


def test_writing_in_anothers_name_is_granted_and_revoked(example: Command) -> None:
    example("user", "add", "bob@example.test", "--password-stdin", given=PASSWORD)
    given = example("user", "send-as", "grant", "ada@example.test", "bob@example.test", "--on-behalf")
    assert (given.status, given.out) == (0, "bob@example.test may write on behalf of ada@example.test\n")

    assert example("user", "send-as", "list", "ada@example.test", "--json").json == [
        {"holder": "bob@example.test", "mode": "behalf"}
    ]

    assert example("user", "send-as", "revoke", "ada@example.test", "bob@example.test").status == 0
    assert example("user", "send-as", "list", "ada@example.test").out == (
        "nobody else may write in this name\n"
    )
    assert example("user", "send-as", "grant", "ada@example.test", "nobody@example.test").status == 1


def test_a_gateway_is_changed_and_keeps_what_is_not_given(postroom: Command) -> None:
    secret = ("--username", "house", "--password-stdin")
    added = postroom("gateway", "add", "relay", "--host", "relay.test", *secret, given="quiet brook\n")
    assert added.out == "gateway relay is added\n"
    changed = postroom("gateway", "set", "relay", "--host", "other.test:465", "--tls", "implicit")
    assert changed.out == "gateway relay is changed\n"
    assert (
        postroom("gateway", "set", "relay", "--priority", "5", "--recipient-domain", "far.test").status == 0
    )
    (row,) = postroom("gateway", "list", "--json").json
    assert row == {
        "name": "relay",
        "host": "other.test:465",
        "tls": "implicit",
        "username": "house",
        "sender_domain": "",
        "recipient_domain": "far.test",
        "priority": 5,
        "enabled": True,
    }
    assert postroom("gateway", "set", "relay", "--recipient-domain", "").status == 0
    assert postroom("gateway", "list", "--json").json[0]["recipient_domain"] == ""
    assert postroom("gateway", "set", "none", "--priority", "5").status == 1
