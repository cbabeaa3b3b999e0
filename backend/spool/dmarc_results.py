"""How mail of strangers came out under the DMARC policies of the domains in From, counted by day until it is
reported.

Verifiers count in memory and add up here now and then (`add`); what is reported is forgotten in the
transaction that spools the report. Strangers decide how many kinds there are, so a domain has so many a day
and all together so many: beyond that, messages of a new kind are not counted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from backend.formats.dmarc import Record
from backend.formats.dmarc_report import Outcome, Signed
from backend.kit import db, ids
from backend.kit.db import Tx

MOST_DOMAINS = 500
MOST_KINDS_OF_DOMAIN = 5_000
MOST_KINDS = 200_000


@dataclass(frozen=True, slots=True)
class Kind:
    """Messages of one day that came out in the same way under the same record."""

    day: int
    published: Record
    outcome: Outcome


async def add(tx: Tx, counts: Mapping[Kind, int]) -> None:
    """Add counts to those of the same kinds."""
    room = MOST_KINDS - (await tx.fetch_value("SELECT COUNT(*) FROM dmarc_result") or 0)
    of_domain: dict[tuple[int, str], int] = {}
    # In order, so that two processes cannot block each other on PostgreSQL.
    for day, domain, key, published, outcome, count in sorted(
        (_row(kind, count) for kind, count in counts.items()), key=lambda row: row[:3]
    ):
        known = await tx.execute(
            "UPDATE dmarc_result SET messages = messages + ? WHERE day = ? AND domain = ? AND key = ?",
            count,
            day,
            domain,
            key,
        )
        if known:
            continue
        if (day, domain) not in of_domain:
            of_domain[day, domain] = await tx.fetch_value(
                "SELECT COUNT(*) FROM dmarc_result WHERE day = ? AND domain = ?", day, domain
            )
        if room <= 0 or of_domain[day, domain] >= MOST_KINDS_OF_DOMAIN:
            continue
        room -= 1
        of_domain[day, domain] += 1
        await tx.execute(
            "INSERT INTO dmarc_result (id, day, domain, key, published, outcome, messages)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, domain, key)"
            " DO UPDATE SET messages = dmarc_result.messages + excluded.messages",
            ids.new_id(),
            day,
            domain,
            key,
            published,
            outcome,
            count,
        )


def _row(kind: Kind, count: int) -> tuple[int, str, str, str, str, int]:
    published, outcome = _text(kind.published), _text(kind.outcome)
    key = hashlib.sha256(f"{published}\n{outcome}".encode("utf-8", "replace")).hexdigest()
    return kind.day, kind.published.name, key, published, outcome, count


def _text(value: Record | Outcome) -> str:
    return json.dumps(asdict(value))


async def domains_before(day: int, after: tuple[int, str] = (0, "")) -> list[tuple[int, str]]:
    """Days and domains with results before that day, in order, `MOST_DOMAINS` of those behind `after`."""
    rows = await db.scan(
        "SELECT DISTINCT day, domain FROM dmarc_result WHERE day < ? AND (day, domain) > (?, ?)"
        " ORDER BY day, domain LIMIT ?",
        day,
        *after,
        MOST_DOMAINS,
    )
    return [(row[0], row[1]) for row in rows]


async def of_day(day: int, domain: str) -> dict[Record, list[tuple[Outcome, int]]]:
    """What came of a domain's mail on a day, by the record that held, the most frequent first."""
    rows = await db.scan(
        "SELECT published, outcome, messages FROM dmarc_result WHERE day = ? AND domain = ?"
        " ORDER BY messages DESC, key",
        day,
        domain,
    )
    found: dict[Record, list[tuple[Outcome, int]]] = {}
    for published, outcome, messages in rows:
        found.setdefault(_record(published), []).append((_outcome(outcome), messages))
    return found


async def forget(tx: Tx, day: int, domain: str) -> int:
    """Forget a domain's results of a day; how many kinds there were."""
    return await tx.execute("DELETE FROM dmarc_result WHERE day = ? AND domain = ?", day, domain)


def _record(text: str) -> Record:
    values: dict[str, Any] = json.loads(text)
    return Record(**values | {"reports_to": tuple(values["reports_to"])})


def _outcome(text: str) -> Outcome:
    values: dict[str, Any] = json.loads(text)
    return Outcome(**values | {"signatures": tuple(Signed(**one) for one in values["signatures"])})
