"""How the TLS of our connections came out, counted by day, domain, policy and result until it is reported.

Workers count in memory and add up here now and then (`add`); what is reported is forgotten in the transaction
that spools the report, so nothing is reported twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.formats.tls_report import FailureDetail, PolicyResult
from backend.kit import db, ids
from backend.kit.db import Row, Tx

DAY_S = 86_400
MOST_DOMAINS = 500
MOST_DETAILS = 1000


@dataclass(frozen=True, slots=True)
class Policy:
    """By which policy a connection was made; `kind` is `tlsa`, `sts` or `no-policy-found`."""

    kind: str
    strings: tuple[str, ...] = ()
    mx_patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One way in which connections came out; `result` is empty for success, and then so is what follows."""

    day: int
    domain: str
    policy: Policy
    result: str = ""
    mx_host: str = ""
    mx_address: str = ""
    information: str = ""


async def add(tx: Tx, counts: Mapping[Session, int]) -> None:
    """Add counts to those of the same sessions."""
    await tx.execute_many(
        "INSERT INTO tls_session (id, day, domain, key, policy, result, mx_host, mx_address, information,"
        " sessions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, domain, key)"
        " DO UPDATE SET sessions = tls_session.sessions + excluded.sessions",
        # In order, so that two workers cannot block each other on PostgreSQL.
        sorted((_row(session, count) for session, count in counts.items()), key=_order),
    )


def _order(row: Sequence[Any]) -> tuple[int, str, str]:
    return row[1], row[2], row[3]


def _row(session: Session, count: int) -> tuple[int, int, str, str, str, str, str, str, str, int]:
    policy = session.policy
    described = json.dumps([policy.kind, policy.strings, policy.mx_patterns], ensure_ascii=False)
    facts = (session.result, session.mx_host[:253], session.mx_address[:64], session.information[:300])
    key = hashlib.sha256("\0".join((described, *facts)).encode("utf-8", "replace")).hexdigest()
    return (ids.new_id(), session.day, session.domain, key, described, *facts, count)


async def domains_before(day: int, after: tuple[int, str] = (0, "")) -> list[tuple[int, str]]:
    """Days and domains with sessions before that day, in order, `MOST_DOMAINS` of those behind `after`."""
    rows = await db.scan(
        "SELECT DISTINCT day, domain FROM tls_session WHERE day < ? AND (day, domain) > (?, ?)"
        " ORDER BY day, domain LIMIT ?",
        day,
        *after,
        MOST_DOMAINS,
    )
    return [(row[0], row[1]) for row in rows]


async def of_day(day: int, domain: str) -> list[PolicyResult]:
    """What came of a domain's policies on a day."""
    rows = await db.scan(
        "SELECT policy, result, mx_host, mx_address, information, sessions FROM tls_session"
        " WHERE day = ? AND domain = ? ORDER BY policy, result, mx_host, mx_address, information",
        day,
        domain,
    )
    by_policy: dict[str, list[Row]] = {}
    for row in rows:
        by_policy.setdefault(row[0], []).append(row)
    return [_result(domain, policy, found) for policy, found in by_policy.items()]


async def forget(tx: Tx, day: int, domain: str) -> int:
    """Forget a domain's sessions of a day; how many kinds there were."""
    return await tx.execute("DELETE FROM tls_session WHERE day = ? AND domain = ?", day, domain)


def _result(domain: str, policy: str, rows: Sequence[Row]) -> PolicyResult:
    kind, strings, patterns = json.loads(policy)
    failed = [row for row in rows if row[1]]
    return PolicyResult(
        kind=kind,
        domain=domain,
        successes=sum(row[5] for row in rows if not row[1]),
        failures=sum(row[5] for row in failed),
        strings=tuple(strings),
        mx_patterns=tuple(patterns),
        details=tuple(
            FailureDetail(result, sessions, host, address, information)
            for _, result, host, address, information, sessions in failed[:MOST_DETAILS]
        ),
    )
