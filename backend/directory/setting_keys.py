"""The registry of settings: every key is declared once, with everything a form, a check and a refusal need.

A value may be set at each of a key's levels; its absence means: inherit. Limits have a ceiling beside the
value: what the value may not pass at that level and below. `MAX` limits are tighter when smaller, `MIN`
limits (a password's length) when greater; a switch that is off is tighter than one that is on. Where
`zero_is_unlimited`, 0 is the loosest value there is.
"""

from __future__ import annotations

from types import MappingProxyType

from backend.directory.declarations import (
    access,
    capacity,
    footers,
    forwards,
    links,
    mailing_lists,
    notifications,
    queueing,
    reading,
    reception,
    rules,
    sending,
    submission,
    suppression,
)
from backend.directory.setting_key import SettingKey
from backend.kit.errors import NotFound

_SUBJECTS = (
    capacity,
    mailing_lists,
    submission,
    links,
    queueing,
    suppression,
    footers,
    sending,
    reading,
    notifications,
    reception,
    forwards,
    rules,
    access,
)

REGISTRY: MappingProxyType[str, SettingKey] = MappingProxyType(
    {declared.key: declared for subject in _SUBJECTS for declared in subject.KEYS}
)

# What a key is about, in words: the heading under which forms show it, in this order.
SUBJECTS: MappingProxyType[str, str] = MappingProxyType(
    {declared.key: subject.SUBJECT for subject in _SUBJECTS for declared in subject.KEYS}
)


def find(key: str) -> SettingKey:
    """The declaration; raises `NotFound`."""
    try:
        return REGISTRY[key]
    except KeyError:
        raise NotFound(f"There is no setting {key[:80]!r}", field="key") from None
