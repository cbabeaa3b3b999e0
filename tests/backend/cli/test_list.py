"""`postroom list`."""

from __future__ import annotations

from tests.backend.cli.conftest import PASSWORD, Command


def test_lists_and_members(example: Command) -> None:
    example("user", "add", "bob@example.test", "--password-stdin", given=PASSWORD)
    added = example("list", "add", "Team@example.test", "--name", "The team")
    assert (added.status, added.out) == (0, "list team@example.test is added\n")
    assert (
        example("list", "add", "team@example.test").err == "postroom: team@example.test is a list already\n"
    )

    done = example(
        "list", "add-member", "team@example.test", "-", "--json",
        given="bob@example.test\nx@remote.test, \"Xaver\"\nnonsense\n",
    )  # fmt: skip
    assert (done.status, done.json) == (1, {"added": 2, "known": 0, "refused": ["nonsense"]})
    owner = example("list", "add-member", "team@example.test", "o@remote.test", "--role", "owner")
    assert (owner.status, owner.out) == (0, "1 added, 0 were there already\n")
    members = example("list", "members", "team@example.test", "--json").json
    assert [(one["address"], one["name"], one["role"]) for one in members] == [
        ("bob@example.test", "", "member"),
        ("o@remote.test", "", "owner"),
        ("x@remote.test", "Xaver", "member"),
    ]
    assert example("list", "remove-member", "team@example.test", "x@remote.test").status == 0
    assert example("list", "remove-member", "team@example.test", "x@remote.test").status == 1
    (listed,) = example("list", "list", "example.test", "--json").json
    assert (listed["address"], listed["members"], listed["held"]) == ("team@example.test", 2, 0)
    assert example("list", "remove", "team@example.test").status == 0
    assert example("list", "list", "example.test", "--json").json == []


def test_options(example: Command) -> None:
    example("list", "add", "team@example.test")

    for option, value, expected in (
        ("posting", "anyone", "anyone"),
        ("moderated", "on", True),
        ("subject-prefix", "[team]", "[team]"),
        ("max-bytes", "1000000", 1_000_000),
    ):
        assert example("list", "set", "team@example.test", option, value).status == 0
        shown = example("list", "show", "team@example.test", "--json").json
        assert shown[option.replace("-", "_")] == expected
    for option, value in (
        ("posting", "everyone"),
        ("moderated", "maybe"),
        ("nothing", "1"),
        ("max_bytes", "x"),
    ):
        assert example("list", "set", "team@example.test", option, value).status == 1
    assert example("list", "held", "team@example.test").out == "nothing waits\n"
    assert example("list", "decide", "team@example.test", "7", "approve").status == 1
    assert example("list", "decide", "team@example.test", "7", "perhaps").status == 1
