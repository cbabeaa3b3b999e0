"""Each target with seeds that were changed at random, and with any bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import SEEDS, TOKENS
from tests.fuzz.targets import TARGETS

_EDITS = st.lists(
    st.tuples(
        st.sampled_from(("insert", "insert", "repeat", "delete", "replace", "double")),
        st.integers(0, 1 << 16),
        st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=4),
        st.integers(1, 40),
    ),
    max_size=8,
)


def changed(seed: bytes, edits: list[tuple[str, int, bytes, int]]) -> bytes:
    """The seed after some edits."""
    data = bytearray(seed)
    for kind, where, token, size in edits:
        at = where % (len(data) + 1)
        match kind:
            case "insert":
                data[at:at] = token
            case "repeat":
                data[at:at] = token * 200
            case "delete":
                del data[at : at + size]
            case "replace":
                data[at : at + len(token)] = token
            case _:
                data[at:at] = data[max(at - size, 0) : at]
    return bytes(data)


def test_every_target_has_seeds_that_pass() -> None:
    assert TARGETS.keys() == SEEDS.keys()
    for name, seeds in SEEDS.items():
        for seed in seeds:
            TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_changed_seeds_are_read(name: str, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(SEEDS[name]))
    TARGETS[name](changed(seed, data.draw(_EDITS)))


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=80, deadline=None)
@given(raw=st.binary(max_size=300))
def test_any_bytes_are_read(name: str, raw: bytes) -> None:
    TARGETS[name](raw)
