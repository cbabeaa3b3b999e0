from __future__ import annotations

import pytest

from backend.kit import ids


def test_ids_rise_and_never_repeat() -> None:
    made = [ids.new_id() for _ in range(5000)]

    assert made == sorted(set(made))
    assert made[-1] < 2**63


@pytest.mark.parametrize("number", [0, 1, 31, 32, 2**40, 2**63 - 1])
def test_the_short_form_reads_back(number: int) -> None:
    assert ids.from_short(ids.short(number)) == number


@pytest.mark.parametrize("text", ["abcdefghijklmno", "a!b", "18", "ü"])
def test_what_is_no_short_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # whatever base32 says of it
        ids.from_short(text)
