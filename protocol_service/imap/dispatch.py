"""One command from its bytes to its tagged answer: the only place that catches whatever a verb raises."""

from __future__ import annotations

import logging
import re

from backend.kit.errors import MailError
from backend.kit.logging import bind_correlation
from protocol_service.imap import errors
from protocol_service.imap.command import Command, Sync
from protocol_service.imap.commands import VERBS
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.framing import Frame, Overrun
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_BAD_COMMANDS
from protocol_service.imap.session import Session

_TAG = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\+]{1,64}(?![^ ])')

# EXPUNGE has a twin with UIDs too, but names no message.
_WITH_NUMBERS = frozenset(name for name in VERBS if b"UID " + name in VERBS) - {b"EXPUNGE"}

log = logging.getLogger(__name__)


async def execute(session: Session, frame: Frame) -> None:
    """Run one command of a client and put its answer to the session's output."""
    if session.idle_tag is not None:
        await _end_idle(session, frame)
        return
    tag, reply, command = b"*", None, None
    try:
        lexer = Lexer(frame.text, frame.literals, manner=session.manner)
        session.tag = tag = _tag(lexer)
        session.goal = 0
        command = _verb(session, lexer)
        reply = await command.run(session, lexer)
        if reply is None:
            session.idle_tag = tag
        session.bad_commands = 0
    except BadCommand as exc:
        reply = errors.answer(exc)
        _count_bad(session)
    except (Refused, MailError) as exc:
        reply = errors.answer(exc)
    except Exception:  # logged in full; one command's fault must not end the others
        with bind_correlation() as reference:
            log.exception("a command of %s failed", session.name or "a client")
        reply = errors.no(f"Internal error, reference {reference}", "SERVERBUG")
    selected = session.selected
    if selected is not None and selected.has_news and command is not None:
        await _tell_news(session, command)
    if reply is not None:
        session.send(b"%b %b\r\n" % (tag, session.in_language(reply)))
    if session.notify is not None:
        session.channel.wake()  # what may be told behind the answer


def refuse(session: Session, overrun: Overrun) -> None:
    """Answer a command that was not read to its end."""
    session.send(b"%b %b\r\n" % (overrun.tag or b"*", session.in_language(overrun.reply)))
    _count_bad(session)
    if overrun.is_fatal:
        session.bye("Too much data")


def _tag(lexer: Lexer) -> bytes:
    return lexer.pattern(_TAG, "a tag")[0]


def _verb(session: Session, lexer: Lexer) -> Command:
    lexer.space()
    name = lexer.word()
    if name == b"UID":
        lexer.space()
        name = b"UID " + lexer.word()
    command = VERBS.get(name)
    if command is None:
        raise BadCommand("Unknown command")
    if session.state not in command.states:
        raise BadCommand("The command is not allowed now")
    if session.manner.is_uid_only and name in _WITH_NUMBERS:
        raise BadCommand("Only UIDs are spoken here", "UIDREQUIRED")
    return command


async def _tell_news(session: Session, command: Command) -> None:
    """Tell what has changed in the selected mailbox, as far as the command lets us."""
    if command.sync is Sync.NOTHING:
        return
    try:
        await session.tell_changes(may_expunge=command.sync is Sync.ALL, removes=command.removes)
    except MailError as exc:
        log.warning("changes of a mailbox cannot be read: %s", exc)


async def _end_idle(session: Session, frame: Frame) -> None:
    """`DONE` ends IDLE with OK, anything else with BAD (RFC 2177)."""
    tag, session.idle_tag = session.idle_tag, None
    if frame.text.strip().upper() == b"DONE":
        await session.tell_changes(may_expunge=True)
        reply = b"OK IDLE completed"
    else:
        reply = b"BAD Expected DONE"
    session.send(b"%b %b\r\n" % (tag or b"*", session.in_language(reply)))
    if reply.startswith(b"BAD"):
        _count_bad(session)


def _count_bad(session: Session) -> None:
    session.bad_commands += 1
    if session.bad_commands > MAX_BAD_COMMANDS:
        session.bye("Too many bad commands")
