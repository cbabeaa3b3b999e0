"""HEADER.FIELDS out of the stored header block says what a reading of the block says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.formats import headers
from backend.formats.summary import LISTED_FIELDS
from protocol_service.imap.body_sections import ListedFields

_NAMES = sorted(LISTED_FIELDS)
_BODIES = (b" a", b"", b" b\r\n c", b" from: x\r\n\tto: y", b"\xff\n cc: z")
_FIELD = st.builds(
    lambda name, is_upper, colon, body, end: (name.upper() if is_upper else name) + colon + body + end,
    st.sampled_from(_NAMES),
    st.booleans(),
    st.sampled_from((b":", b" :", b"\t: ")),
    st.sampled_from(_BODIES),
    st.sampled_from((b"\r\n", b"\n")),
)


@given(st.lists(_FIELD, max_size=8), st.frozensets(st.sampled_from(_NAMES), min_size=1))
def test_listed_fields_are_those_of_the_header(lines: list[bytes], wanted: frozenset[bytes]) -> None:
    block = b"".join(lines) + b"\r\n"

    assert ListedFields(wanted)(block) == headers.select(block, wanted, negate=False)
