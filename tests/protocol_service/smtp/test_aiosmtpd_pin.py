"""Our connection sets by hand what aiosmtpd's constructor would: held against the version we are pinned
to.
"""

from __future__ import annotations

import inspect
import re

import aiosmtpd
from aiosmtpd.smtp import SMTP

from tests.support.mail_house import House

INHERITED = ("connection_made", "connection_lost", "_cb_client_connected", "smtp_STARTTLS", "__del__")


async def test_everything_inherited_methods_read_is_there(doors: House) -> None:
    await doors.connect()
    (server,) = doors.smtp.reception.servers
    source = "".join(inspect.getsource(getattr(SMTP, name)) for name in INHERITED)

    names = set(re.findall(r"self\.([A-Za-z_]\w*)", source))

    assert aiosmtpd.__version__ == "1.4.6"
    assert len(names) > 15
    assert {name for name in names if not hasattr(server, name)} == set()
