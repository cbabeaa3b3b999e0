"""What processes that share the ports of a machine count together, and the ports that are held for them."""

import json
import os
import socket
from collections.abc import Iterator

import pytest

from backend.kit.config import Settings
from backend.kit.extra_listeners import ExtraListener, ListenerKind
from backend.spool.types import SpooledRecipient
from protocol_service import held_ports, siblings
from protocol_service.connections import Connections
from protocol_service.listeners import PortTaken, bind
from protocol_service.siblings import Counts, Siblings
from protocol_service.smtp.reception import DataBudget
from protocol_service.spool.hops import Hops
from protocol_service.spool.outcome import Outcome, Result


@pytest.fixture
def family() -> Iterator[list[Siblings]]:
    """Three processes that share their memory."""
    memory_fd = siblings.make_memory(3)
    yield [Siblings(3, number, memory_fd) for number in range(3)]
    os.close(memory_fd)


def test_each_sees_what_the_others_have_of_a_key(family: list[Siblings]) -> None:
    first, second, third = map(Counts, family)

    assert [first.enter("192.0.2.1"), first.enter("192.0.2.1"), second.enter("192.0.2.1")] == [0, 0, 2]
    assert [third.enter("192.0.2.1"), third.enter("192.0.2.2")] == [3, 0]
    first.leave("192.0.2.1")
    assert second.enter("192.0.2.1") == 2


def test_many_keys_do_not_run_into_each_other(family: list[Siblings]) -> None:
    first, second, _ = map(Counts, family)
    for number in range(3000):
        first.enter(f"2001:db8:{number:x}::")

    seen = [second.enter(f"198.51.100.{number}") for number in range(256)]

    assert sum(seen) < 30  # of 256 that share no key with the 3,000


def test_what_an_ended_process_had_is_forgotten(family: list[Siblings]) -> None:
    first, second, _ = map(Counts, family)
    first.enter("192.0.2.1")
    first.hold(1000)

    siblings.forget(family[0].memory_fd, 0)
    assert (second.enter("192.0.2.1"), second.hold(0)) == (0, 0)

    first.enter("192.0.2.1")
    Counts(family[0])  # it was started again
    assert second.enter("192.0.2.1") == 0


def test_each_has_a_number_of_its_own(family: list[Siblings]) -> None:
    marks = [one.mark(12) for one in family]

    assert len(set(marks)) == 3
    assert all(mark is not None and 0 <= mark < 4096 for mark in marks)
    assert Siblings().mark(12) is None


def test_alone_there_is_nobody_else() -> None:
    counts = Counts(Siblings())

    assert (counts.enter("192.0.2.1"), counts.enter("192.0.2.1"), counts.hold(1 << 40)) == (0, 0, 0)
    counts.leave("192.0.2.1")


def test_connections_of_an_address_are_limited_over_processes(
    settings: Settings, family: list[Siblings]
) -> None:
    first, second, third = (Connections(settings, per_address=3, counts=Counts(one)) for one in family)

    assert [one.admit("192.0.2.1") for one in (first, second, second)] == [True] * 3
    assert [one.admit("192.0.2.1") for one in (first, second, third)] == [False] * 3
    assert third.admit("192.0.2.2")
    second.release("192.0.2.1")
    assert third.admit("192.0.2.1")
    assert not first.admit("192.0.2.1")


def test_messages_that_are_received_share_their_memory(family: list[Siblings]) -> None:
    first, second, _ = (DataBudget(1000, Counts(one)) for one in family)

    assert first.grow(600)
    assert not second.grow(500)
    assert second.grow(400)
    first.shrink(600)
    assert second.grow(500)


@pytest.mark.parametrize(("count", "at_first", "at_most"), [(1, 2, 10), (2, 1, 5), (3, 1, 3), (20, 1, 1)])
def test_a_next_hop_sees_no_more_of_several_processes_than_of_one(
    count: int, at_first: int, at_most: int
) -> None:
    hops: Hops[int] = Hops.shared(Siblings(count))
    for number in range(30):
        hops.enter("example.net", number)

    assert sum(hops.admits("example.net") for _ in range(30)) == at_first
    recipient = SpooledRecipient(1, 1, "amara", "example.net")
    for _ in range(20):
        hops.learn("example.net", [Outcome(recipient, Result.DELIVERED, "2.0.0", "OK")])
    assert at_first + sum(hops.admits("example.net") for _ in range(30)) == at_most


def test_siblings_are_told_by_a_word(family: list[Siblings]) -> None:
    assert Siblings.parse(str(family[2])) == family[2]
    for wrong in ("", "1", "2/2/-1", "-1/2/3", "a/b/c"):
        with pytest.raises(ValueError, match=r".*"):
            Siblings.parse(wrong)


# -- ports


def free(settings: Settings, **changed: object) -> Settings:
    return settings.model_copy(update={f"{name}_port": 0 for name in held_ports.USUAL[:-1]} | changed)


def test_held_ports_are_chosen_once_and_can_be_shared_by_children_only(settings: Settings) -> None:
    extra = ExtraListener(name="scanners", kind=ListenerKind.MX, port=0)

    with held_ports.held(free(settings, listeners=(extra,))) as variables:
        numbers = {name: int(value) for name, value in variables.items() if name.endswith("_PORT")}
        [listener] = json.loads(variables["POSTROOM_LISTENERS"])
        again = ExtraListener(**listener)
        children = [
            bind("127.0.0.1", numbers["POSTROOM_IMAP_PORT"], setting="X", is_shared=True) for _ in "ab"
        ]
        for child in children:
            child.listen()
        with pytest.raises(PortTaken, match=r"^X: .* Address already in use$"):
            bind("127.0.0.1", numbers["POSTROOM_IMAP_PORT"], setting="X")
        for child in children:
            child.close()

    assert len({*numbers.values(), again.port}) == 9
    assert again == extra.model_copy(update={"port": again.port})
    bind("127.0.0.1", again.port, setting="X").close()


def test_two_listeners_on_one_port_are_refused(settings: Settings) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]

    with (
        pytest.raises(PortTaken, match=rf"^POSTROOM_POP3_PORT: .* port {port} .*: another listener has it$"),
        held_ports.held(free(settings, smtp_port=port, pop3_port=port)),
    ):
        pass
