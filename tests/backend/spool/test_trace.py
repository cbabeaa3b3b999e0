"""Lines of traces: what is written is read, and nothing a stranger says becomes a check of its own."""

from __future__ import annotations

from backend.spool import trace
from backend.spool.trace import Check, Entry, Event
from backend.spool.types import Attempt


def test_an_event_keeps_the_checks_that_led_to_it() -> None:
    attempt = Attempt(1, status="2.1.5", checks=("loop=pass", "rules=applied", "forward=copied 2"))

    written = trace.line(5, Event.DELIVERED, attempt)

    checks = (Check("loop", "pass"), Check("rules", "applied"), Check("forward", "copied", "2"))
    assert trace.parse(written) == [Entry(5, Event.DELIVERED, status="2.1.5", checks=checks)]


def test_an_event_without_checks_is_as_short_as_before() -> None:
    assert trace.line(5, Event.DELIVERED, Attempt(1, status="2.1.5")) == '[5,"delivered","","","2.1.5"]\n'


def test_a_value_of_a_stranger_is_no_check() -> None:
    hostile = 'spf=fail smtp.mailfrom="a; dmarc=pass"@far.test'

    [entry] = trace.parse(trace.line(5, Event.VERIFIED, Attempt(1, checks=(hostile, "dmarc=fail"))))

    assert [(one.name, one.outcome) for one in entry.checks] == [("spf", "fail"), ("dmarc", "fail")]


def test_acceptance_is_read_from_the_row_of_the_message() -> None:
    entry = trace.accepted(7, "192.0.2.1", "ESMTPS", "sender=pass domain good\nsize=pass")

    assert (entry.event, entry.host, entry.reply) == (Event.ACCEPTED, "192.0.2.1", "ESMTPS")
    assert entry.checks == (Check("sender", "pass", "domain good"), Check("size", "pass"))
    assert trace.accepted(7, "", "", "").checks == ()
