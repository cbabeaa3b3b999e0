"""Slow start, narrowing, and hops that are left alone."""

from __future__ import annotations

import pytest

from backend.spool.types import SpooledRecipient
from protocol_service.spool.hops import BACK_OFF_S, SENT_BACK_S, WAITING_SLOW, Down, Full, Hops
from protocol_service.spool.outcome import Outcome, Result
from tests.support.clocks import Clock

RECIPIENT = SpooledRecipient(1, 1, "x", "remote.test")
WELL = [Outcome(RECIPIENT, Result.DELIVERED, "2.0.0")]
UNREACHED = [
    Outcome(RECIPIENT, Result.DEFERRED, "4.4.1", "Cannot connect", "mx.remote.test", is_unreached=True)
]
GREYLISTED = [Outcome(RECIPIENT, Result.DEFERRED, "4.3.2", "come back later", "mx.remote.test")]


def _enter(hops: Hops[int], count: int = 1) -> None:
    for number in range(count):
        hops.enter("hop", number)


def _admitted(hops: Hops[int]) -> int:
    """How many more may run through the line."""
    count = 0
    while hops.admits("hop"):
        count += 1
    return count


def _run_out(hops: Hops[int], running: int = 1) -> list[int]:
    """Let that many run until nobody stands in line; what they took, in order."""
    taken = []
    while (errand := hops.take("hop")) is not None:
        taken.append(errand)
        hops.done("hop")
    for _ in range(running - 1):
        assert hops.take("hop") is None
    return taken


def _learn(hops: Hops[int], outcomes: list[Outcome]) -> None:
    _enter(hops)
    assert hops.admits("hop")
    hops.take("hop")
    hops.learn("hop", outcomes)
    hops.done("hop")
    assert hops.take("hop") is None


def _may_enter(hops: Hops[int]) -> bool:
    try:
        _enter(hops)
    except Down:
        return False
    assert hops.admits("hop")
    _run_out(hops)
    return True


def _most_at_once(hops: Hops[int]) -> int:
    _enter(hops, 20)
    most = _admitted(hops)
    _run_out(hops, most)
    return most


def test_a_hop_gets_more_with_every_success_and_no_more_than_the_most() -> None:
    hops: Hops[int] = Hops(at_once=5)
    assert _most_at_once(hops) == 2

    _learn(hops, WELL)
    assert _most_at_once(hops) == 3
    _learn(hops, WELL)
    _learn(hops, WELL)  # from now on at full width, and not remembered while nothing is to be done

    _enter(hops, 20)
    assert _admitted(hops) == 2
    for _ in range(9):
        hops.take("hop")
        hops.learn("hop", WELL)
        hops.done("hop")
    assert _admitted(hops) == 3


def test_errands_leave_in_the_order_they_came() -> None:
    hops: Hops[int] = Hops()
    _enter(hops, 4)
    assert _admitted(hops) == 2

    first = hops.take("hop")
    assert first == 0
    assert hops.peek("hop") == 1
    hops.put_back("hop", first)

    assert _run_out(hops, 2) == [0, 1, 2, 3]
    assert not hops.admits("hop")


def test_a_line_that_becomes_narrower_sends_some_home() -> None:
    hops: Hops[int] = Hops(at_once=5)
    _learn(hops, WELL)
    _learn(hops, WELL)
    _enter(hops, 9)
    assert _admitted(hops) == 4
    assert [hops.take("hop") for _ in range(4)] == [0, 1, 2, 3]

    hops.learn("hop", UNREACHED)

    assert hops.peek("hop") is None
    assert [hops.take("hop") for _ in range(4)] == [None, None, 4, 5]
    assert not hops.admits("hop")


def test_a_hop_out_of_reach_is_left_alone_for_a_growing_while() -> None:
    clock = Clock(1000.0)
    hops: Hops[int] = Hops(now=clock)
    waits = []
    for _ in range(8):
        _learn(hops, UNREACHED)
        began = clock.now
        while not _may_enter(hops):
            clock.now += 1
        waits.append(clock.now - began)

    assert waits == [15, 30, 60, 120, 240, 480, 900, BACK_OFF_S[1]]


def test_those_in_line_hear_that_the_hop_has_gone() -> None:
    hops: Hops[int] = Hops(at_once=1)
    _enter(hops, 2)
    assert hops.admits("hop")

    hops.take("hop")
    assert hops.silence("hop") is None
    hops.learn("hop", UNREACHED)

    silence = hops.silence("hop")
    assert silence is not None
    assert silence.reply == "Cannot connect"


def test_a_success_ends_the_silence() -> None:
    clock = Clock(1000.0)
    hops: Hops[int] = Hops(now=clock)
    _learn(hops, UNREACHED)
    clock.now += 16
    _learn(hops, WELL)
    _learn(hops, UNREACHED)
    with pytest.raises(Down, match="Cannot connect"):
        _enter(hops)

    clock.now += 16
    _enter(hops)


def test_a_refusal_of_one_message_is_no_fault_of_the_hop() -> None:
    hops: Hops[int] = Hops()
    _learn(hops, GREYLISTED)

    _enter(hops)


def test_what_somebody_waits_for_is_tried_all_the_same() -> None:
    hops: Hops[int] = Hops()
    _learn(hops, UNREACHED)

    hops.enter("hop", 7, is_urgent=True)

    assert hops.admits("hop")
    assert hops.take("hop") == 7
    assert hops.silence("hop") is None


def test_a_line_is_bounded() -> None:
    hops: Hops[int] = Hops(at_once=1, waiting=2)
    _enter(hops, 3)

    with pytest.raises(Full):
        _enter(hops)
    hops.enter("another", 1)


def test_a_slow_hop_is_shed_for_as_long_as_its_line_takes() -> None:
    clock = Clock(1000.0)
    hops: Hops[int] = Hops(at_once=2, now=clock)
    _enter(hops, 2 + WAITING_SLOW + 3)
    assert _admitted(hops) == 2
    assert [hops.take("hop"), hops.take("hop")] == [0, 1]

    sent = hops.shed()

    # Nothing has succeeded yet: one in two seconds is what is thought of the hop.
    assert sent == [(24, 52), (23, 54), (22, 56)]
    with pytest.raises(Full) as told:
        _enter(hops)
    assert told.value.wait_s == 58
    clock.now += 10_000
    with pytest.raises(Full) as told:
        _enter(hops)
    assert told.value.wait_s == 2 * (WAITING_SLOW + 2) + 2


def test_a_quick_hop_is_not_shed() -> None:
    clock = Clock(1000.0)
    hops: Hops[int] = Hops(at_once=2, now=clock)
    _enter(hops, 900)  # the line does not end
    assert _admitted(hops) == 2
    for _ in range(600):
        hops.take("hop")
        hops.learn("hop", WELL)
        hops.done("hop")

    assert hops.shed() == []
    _enter(hops)


def test_nobody_is_sent_back_for_longer_than_a_quarter_of_an_hour() -> None:
    hops: Hops[int] = Hops(at_once=1, waiting=0, now=Clock(1000.0))
    _enter(hops)
    waits = []
    for _ in range(2000):
        with pytest.raises(Full) as told:
            _enter(hops)
        waits.append(told.value.wait_s)

    assert waits[0] >= SENT_BACK_S[0]
    assert waits == sorted(waits)
    assert waits[-1] == SENT_BACK_S[1]
