"""Which protocols somebody may use: switches of the settings, asked at every sign-in of a mail program."""

from __future__ import annotations

from typing import Literal

from backend.directory import settings
from backend.directory.principal import Principal
from backend.directory.setting_keys import find
from backend.kit.errors import PermissionDenied

Protocol = Literal["imap", "pop3", "smtp"]


class ProtocolDisabled(PermissionDenied):
    """The password was right; somebody above has turned the protocol off."""


async def require(principal: Principal, protocol: Protocol) -> None:
    """Return where the protocol is on for the user; to be asked after the password, so that nobody else
    learns it. Raises ProtocolDisabled.
    """
    key = f"{protocol}.enabled"
    if not await settings.get(key, user_id=principal.user_id):
        raise ProtocolDisabled(f"{find(key).label} is turned off for this account")
