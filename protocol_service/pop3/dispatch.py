"""One command from its line to its answer: the only place that catches whatever a verb raises."""

from __future__ import annotations

import logging

from backend.kit.errors import MailError
from backend.kit.logging import bind_correlation
from protocol_service.pop3 import errors, grammar
from protocol_service.pop3.commands import VERBS
from protocol_service.pop3.errors import BadCommand, Refused
from protocol_service.pop3.limits import MAX_BAD_COMMANDS
from protocol_service.pop3.lines import Overlong
from protocol_service.pop3.session import Session

log = logging.getLogger(__name__)


async def execute(session: Session, line: bytes) -> None:
    """Run one command of a client and put its answer to the session's output."""
    try:
        verb, argument = grammar.split(line)
        command = VERBS.get(verb)
        if command is None:
            raise BadCommand("Unknown command")
        if session.state not in command.states:
            raise BadCommand("The command is not allowed now")
        reply = await command.run(session, argument)
        session.bad_commands = 0
    except BadCommand as exc:
        reply = errors.answer(exc)
        _count_bad(session)
    except (Refused, MailError) as exc:
        reply = errors.answer(exc)
    except Exception:  # logged in full; one command's fault must not end the others
        with bind_correlation() as reference:
            log.exception("a command of %s failed", _name(session))
        reply = errors.no(f"Internal error, reference {reference}", "SYS/TEMP")
    session.send(reply + b"\r\n")


def refuse(session: Session, overlong: Overlong) -> None:
    """Answer a line that was thrown away."""
    session.send(errors.no("The line is too long") + b"\r\n")
    _count_bad(session)
    if overlong.is_fatal:
        session.channel.close_after_answer()


def _name(session: Session) -> str:
    return session.principal.name if session.principal is not None else "a client"


def _count_bad(session: Session) -> None:
    session.bad_commands += 1
    if session.bad_commands > MAX_BAD_COMMANDS:
        session.channel.close_after_answer()
