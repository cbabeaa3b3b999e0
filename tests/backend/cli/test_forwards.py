"""`postroom user forward`."""

from __future__ import annotations

from tests.backend.cli.conftest import PASSWORD, Command


def test_a_forward_is_set_shown_and_cleared(example: Command) -> None:
    example("user", "add", "bob@example.test", "--password-stdin", given=PASSWORD)

    done = example("user", "forward", "set", "bob@example.test", "x@far.test", "y@far.test", "--no-copy")
    assert done.out == "mail of bob@example.test goes to x@far.test, y@far.test and is not filed here\n"
    assert example("user", "forward", "show", "bob@example.test", "--json").json == {
        "address": "bob@example.test",
        "targets": ["x@far.test", "y@far.test"],
        "keeps_copy": False,
    }
    refused = example("user", "forward", "set", "bob@example.test", "bob+x@example.test")
    assert (refused.status, refused.err) == (
        1,
        "postroom: bob+x@example.test leads back to this mailbox\n",
    )
    assert example("user", "forward", "clear", "bob@example.test").out == (
        "mail of bob@example.test is not forwarded\n"
    )
