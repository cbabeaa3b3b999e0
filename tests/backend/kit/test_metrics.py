"""Figures of all processes in one registry, each family once."""

import asyncio
import json
import re

import pytest
from prometheus_client import generate_latest

from backend.kit import metrics
from tests.support.valkey import Valkey

heard = metrics.counter("postroom_test_heard_total", "Things a test heard", ["kind"])


def lines(name: str) -> list[str]:
    return [line for line in generate_latest(metrics.REGISTRY).decode().splitlines() if name in line]


async def test_figures_of_other_processes_stand_beside_ours(
    valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "INTERVAL_S", 0.02)
    monkeypatch.setattr(metrics.REGISTRY, "others", {})
    heard.labels("bell").inc(3)
    client = valkey.connect()
    sample = ["postroom_test_heard_total", {"kind": "bell"}, 5]
    shared = [["postroom_test_heard", "Things a test heard", "counter", [sample]]]
    await client.set(metrics.KEY_PREFIX + "protocol-host-1", json.dumps(shared))

    sharing = asyncio.create_task(metrics.share(client, "backend", reads_others=True))
    for _ in range(1000):
        if metrics.REGISTRY.others:
            break
        await asyncio.sleep(0.01)
    sharing.cancel()
    await asyncio.gather(sharing, return_exceptions=True)

    assert [line for line in lines("postroom_test_heard") if not re.search("_created", line)] == [
        "# HELP postroom_test_heard_total Things a test heard",
        "# TYPE postroom_test_heard_total counter",
        'postroom_test_heard_total{kind="bell"} 3.0',
        'postroom_test_heard_total{kind="bell",process="protocol-host-1"} 5.0',
    ]
    [own] = [key async for key in client.scan_iter(match=metrics.KEY_PREFIX + "backend*")]
    assert b"postroom_test_heard_total" in (await client.get(own) or b"")
    await client.aclose()
