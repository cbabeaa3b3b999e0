"""Counters of this process for Prometheus, and those of the other processes beside them.

Modules declare what they count with `counter`, `gauge` and `histogram`, at import. The protocol service
speaks no HTTP: every process leaves its figures in Redis for half a minute, and the registry of the backend
shows them with a `process` label, so one scrape tells of the whole installation.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.core import Metric
from prometheus_client.registry import CollectorRegistry
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

KEY_PREFIX = "postroom:metrics:"
INTERVAL_S = 10.0
KEPT_S = 30
_DURATIONS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Registry(CollectorRegistry):
    """The figures of this process, and of others where it was told of them."""

    def __init__(self) -> None:
        super().__init__()
        self.others: dict[str, list[Metric]] = {}

    def collect(self) -> Iterator[Metric]:
        """Every family once: a scrape with two blocks of one name is refused as a whole."""
        families = {family.name: _copy(family, {}) for family in super().collect()}
        for process, shared in self.others.items():
            for family in shared:
                known = families.setdefault(
                    family.name, Metric(family.name, family.documentation, family.type)
                )
                known.samples.extend(_copy(family, {"process": process}).samples)
        yield from families.values()


def _copy(family: Metric, labels: dict[str, str]) -> Metric:
    copy = Metric(family.name, family.documentation, family.type)
    copy.samples = [sample._replace(labels={**sample.labels, **labels}) for sample in family.samples]
    return copy


REGISTRY = Registry()


def counter(name: str, text: str, labels: Sequence[str] = ()) -> Counter:
    """A number that only rises, such as `postroom_smtp_messages_total`."""
    return Counter(name, text, labels, registry=REGISTRY)


def gauge(name: str, text: str, labels: Sequence[str] = ()) -> Gauge:
    """A number that rises and falls, such as `postroom_imap_connections`."""
    return Gauge(name, text, labels, registry=REGISTRY)


def histogram(
    name: str, text: str, labels: Sequence[str] = (), buckets: Sequence[float] = _DURATIONS
) -> Histogram:
    """How values spread, such as `postroom_delivery_seconds`."""
    return Histogram(name, text, labels, buckets=buckets, registry=REGISTRY)


async def share(redis: Redis, process: str, *, reads_others: bool) -> None:
    """Leave this process's figures for the others, and take theirs, until cancelled."""
    name = f"{process}-{platform.node()}-{os.getpid()}"
    while True:
        try:
            await redis.set(KEY_PREFIX + name, _dump(CollectorRegistry.collect(REGISTRY)), ex=KEPT_S)
            if reads_others:
                REGISTRY.others = await _read_others(redis, name)
        except (RedisError, OSError) as exc:
            log.debug("figures cannot be shared: %s", exc)
        await asyncio.sleep(INTERVAL_S)


async def _read_others(redis: Redis, own: str) -> dict[str, list[Metric]]:
    keys = [key.decode() async for key in redis.scan_iter(match=KEY_PREFIX + "*", count=1000)]
    names = [key.removeprefix(KEY_PREFIX) for key in keys]
    values = await redis.mget(keys) if keys else []
    pairs = zip(names, values, strict=True)
    return {name: _load(value) for name, value in pairs if value is not None and name != own}


def _dump(families: Iterable[Metric]) -> str:
    return json.dumps(
        [
            [
                family.name,
                family.documentation,
                family.type,
                [[s.name, s.labels, s.value] for s in family.samples],
            ]
            for family in families
        ]
    )


def _load(text: bytes | str) -> list[Metric]:
    found = []
    for name, documentation, kind, samples in json.loads(text):
        family = Metric(name, documentation, kind)
        for sample, labels, value in samples:
            family.add_sample(sample, _texts(labels), float(value))
        found.append(family)
    return found


def _texts(labels: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in labels.items()}
