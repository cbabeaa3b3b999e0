"""Fixtures of the whole suite stand in `tests.support`, by what they build; here is who runs which test."""

from __future__ import annotations

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import Producer

pytest_plugins = [
    "tests.support.postgres",
    "tests.support.runtime",
    "tests.support.valkey",
    "tests.support.s3",
    "tests.support.server",
    "tests.support.push_receiver",
]

# How long an example takes is the machine's matter.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

# Tests that share a running server share the worker that has started it. The browser's walks are the longest:
# those of administrators have a house of their own, so that both workers have theirs.
ADMINISTRATION = (
    "ceilings",
    "deliveries",
    "dkim",
    "gateways",
    "lists",
    "notifications",
    "queue",
    "roles",
    "routing",
    "suppression",
    "tls_reports",
    "two_step",
    "whole_walk",
)
# The first that fits counts.
HOUSES = {
    **{f"tests/browser/test_{name}.py": "administration" for name in ADMINISTRATION},
    "tests/browser/": "browser",
    "tests/flows/test_crash.py": "crash",
    "tests/flows/test_power_cut.py": "crash",
    "tests/flows/": "flows",
}


class ByHouse(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives the tests of one house to one worker, the largest house first, and every other test to whoever is
    free.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((house for path, house in HOUSES.items() if nodeid.startswith(path)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByHouse:
    """Instead of xdist's groups, whose marks this version of pytest does not carry to the scheduler."""
    return ByHouse(config, log)
