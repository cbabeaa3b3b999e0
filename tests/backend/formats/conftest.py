"""The messages of `tests/fixtures/messages`, and a clock for "linear, not quadratic"."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

MESSAGES = Path(__file__).parents[2] / "fixtures" / "messages"


@pytest.fixture
def message() -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        return (MESSAGES / f"{name}.eml").read_bytes()

    return read


@pytest.fixture
def within() -> Callable[..., None]:
    """Runs a call on hostile input; the bound is generous, a quadratic reader misses it by minutes."""

    def run(call: Callable[..., object], *arguments: object, seconds: float = 10.0) -> None:
        start = time.perf_counter()
        call(*arguments)
        assert time.perf_counter() - start < seconds

    return run
