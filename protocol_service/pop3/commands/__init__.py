"""The verbs, one file each; `VERBS` is the dispatcher's table.

There is no APOP: it needs passwords that are stored in clear.
"""

from __future__ import annotations

from protocol_service.pop3.command import Command
from protocol_service.pop3.commands.auth import AUTH
from protocol_service.pop3.commands.capa import CAPA
from protocol_service.pop3.commands.dele import DELE
from protocol_service.pop3.commands.lang import LANG
from protocol_service.pop3.commands.list import LIST
from protocol_service.pop3.commands.noop import NOOP
from protocol_service.pop3.commands.pass_ import PASS
from protocol_service.pop3.commands.quit import QUIT
from protocol_service.pop3.commands.retr import RETR
from protocol_service.pop3.commands.rset import RSET
from protocol_service.pop3.commands.stat import STAT
from protocol_service.pop3.commands.stls import STLS
from protocol_service.pop3.commands.top import TOP
from protocol_service.pop3.commands.uidl import UIDL
from protocol_service.pop3.commands.user import USER
from protocol_service.pop3.commands.utf8 import UTF8

VERBS: dict[bytes, Command] = {
    b"AUTH": AUTH,
    b"CAPA": CAPA,
    b"DELE": DELE,
    b"LANG": LANG,
    b"LIST": LIST,
    b"NOOP": NOOP,
    b"PASS": PASS,
    b"QUIT": QUIT,
    b"RETR": RETR,
    b"RSET": RSET,
    b"STAT": STAT,
    b"STLS": STLS,
    b"TOP": TOP,
    b"UIDL": UIDL,
    b"USER": USER,
    b"UTF8": UTF8,
}
