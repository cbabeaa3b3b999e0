"""`postroom suppression`: what it prints, and what it refuses."""

from __future__ import annotations

from tests.backend.cli.conftest import Command


def test_add_list_and_remove(postroom: Command) -> None:
    postroom("domain", "add", "example.test")
    assert postroom("suppression", "list").out == "mail is sent everywhere\n"

    added = postroom("suppression", "add", "X@remote.test", "--note", "asked", "--reason", "complaint")
    assert (added.status, added.out) == (0, "nothing is sent to x@remote.test\n")
    postroom("suppression", "add", "lost.test", "--domain", "example.test", "--days", "3")

    (everybody,) = postroom("suppression", "list", "--json").json
    assert (everybody["address"], everybody["reason"], everybody["detail"], everybody["expires_at"]) == (
        "x@remote.test",
        "complaint",
        "asked",
        None,
    )
    (own,) = postroom("suppression", "list", "--domain", "example.test", "--json").json
    assert own["address"] == "lost.test"
    assert postroom("suppression", "remove", "x@remote.test").out == "mail is sent to x@remote.test again\n"
    assert postroom("suppression", "list").out == "mail is sent everywhere\n"


def test_refusals(postroom: Command) -> None:
    postroom("suppression", "add", "x@remote.test")

    again = postroom("suppression", "add", "x@remote.test")
    assert (again.status, again.err) == (1, "postroom: Nothing is sent to x@remote.test already\n")
    missing = postroom("suppression", "remove", "y@remote.test")
    assert missing.err == "postroom: Mail is sent to y@remote.test: there is no such entry\n"
    nowhere = postroom("suppression", "list", "--domain", "no.test")
    assert nowhere.err == "postroom: There is no domain no.test\n"
