"""The verbs, one file each; `VERBS` is the dispatcher's table."""

from __future__ import annotations

from protocol_service.imap.command import Command
from protocol_service.imap.commands.append import APPEND
from protocol_service.imap.commands.authenticate import AUTHENTICATE
from protocol_service.imap.commands.capability import CAPABILITY
from protocol_service.imap.commands.close import CLOSE, UNSELECT
from protocol_service.imap.commands.compress import COMPRESS
from protocol_service.imap.commands.copy import COPY, MOVE, UID_COPY, UID_MOVE
from protocol_service.imap.commands.create import CREATE
from protocol_service.imap.commands.delete import DELETE
from protocol_service.imap.commands.deleteacl import DELETEACL
from protocol_service.imap.commands.enable import ENABLE
from protocol_service.imap.commands.esearch import ESEARCH
from protocol_service.imap.commands.expunge import EXPUNGE, UID_EXPUNGE
from protocol_service.imap.commands.fetch import FETCH, UID_FETCH
from protocol_service.imap.commands.getacl import GETACL
from protocol_service.imap.commands.getmetadata import GETMETADATA
from protocol_service.imap.commands.getquota import GETQUOTA
from protocol_service.imap.commands.getquotaroot import GETQUOTAROOT
from protocol_service.imap.commands.id import ID
from protocol_service.imap.commands.idle import IDLE
from protocol_service.imap.commands.language import LANGUAGE
from protocol_service.imap.commands.list import LIST
from protocol_service.imap.commands.listrights import LISTRIGHTS
from protocol_service.imap.commands.login import LOGIN
from protocol_service.imap.commands.logout import LOGOUT
from protocol_service.imap.commands.lsub import LSUB
from protocol_service.imap.commands.myrights import MYRIGHTS
from protocol_service.imap.commands.namespace import NAMESPACE
from protocol_service.imap.commands.noop import CHECK, NOOP
from protocol_service.imap.commands.notify import NOTIFY
from protocol_service.imap.commands.rename import RENAME
from protocol_service.imap.commands.replace import REPLACE, UID_REPLACE
from protocol_service.imap.commands.search import SEARCH, UID_SEARCH
from protocol_service.imap.commands.select import EXAMINE, SELECT
from protocol_service.imap.commands.setacl import SETACL
from protocol_service.imap.commands.setmetadata import SETMETADATA
from protocol_service.imap.commands.setquota import SETQUOTA
from protocol_service.imap.commands.sort import SORT, UID_SORT
from protocol_service.imap.commands.starttls import STARTTLS
from protocol_service.imap.commands.status import STATUS
from protocol_service.imap.commands.store import STORE, UID_STORE
from protocol_service.imap.commands.subscribe import SUBSCRIBE, UNSUBSCRIBE
from protocol_service.imap.commands.thread import THREAD, UID_THREAD
from protocol_service.imap.commands.unauthenticate import UNAUTHENTICATE

VERBS: dict[bytes, Command] = {
    b"APPEND": APPEND,
    b"AUTHENTICATE": AUTHENTICATE,
    b"CAPABILITY": CAPABILITY,
    b"CHECK": CHECK,
    b"CLOSE": CLOSE,
    b"COMPRESS": COMPRESS,
    b"COPY": COPY,
    b"CREATE": CREATE,
    b"DELETE": DELETE,
    b"DELETEACL": DELETEACL,
    b"ENABLE": ENABLE,
    b"ESEARCH": ESEARCH,
    b"EXAMINE": EXAMINE,
    b"EXPUNGE": EXPUNGE,
    b"FETCH": FETCH,
    b"GETACL": GETACL,
    b"GETMETADATA": GETMETADATA,
    b"GETQUOTA": GETQUOTA,
    b"GETQUOTAROOT": GETQUOTAROOT,
    b"ID": ID,
    b"IDLE": IDLE,
    b"LANGUAGE": LANGUAGE,
    b"LIST": LIST,
    b"LISTRIGHTS": LISTRIGHTS,
    b"LOGIN": LOGIN,
    b"LOGOUT": LOGOUT,
    b"LSUB": LSUB,
    b"MOVE": MOVE,
    b"MYRIGHTS": MYRIGHTS,
    b"NAMESPACE": NAMESPACE,
    b"NOOP": NOOP,
    b"NOTIFY": NOTIFY,
    b"RENAME": RENAME,
    b"REPLACE": REPLACE,
    b"SEARCH": SEARCH,
    b"SELECT": SELECT,
    b"SETACL": SETACL,
    b"SETMETADATA": SETMETADATA,
    b"SETQUOTA": SETQUOTA,
    b"SORT": SORT,
    b"STARTTLS": STARTTLS,
    b"STATUS": STATUS,
    b"STORE": STORE,
    b"SUBSCRIBE": SUBSCRIBE,
    b"THREAD": THREAD,
    b"UID COPY": UID_COPY,
    b"UID EXPUNGE": UID_EXPUNGE,
    b"UID FETCH": UID_FETCH,
    b"UID MOVE": UID_MOVE,
    b"UID REPLACE": UID_REPLACE,
    b"UID SEARCH": UID_SEARCH,
    b"UID SORT": UID_SORT,
    b"UID STORE": UID_STORE,
    b"UID THREAD": UID_THREAD,
    b"UNAUTHENTICATE": UNAUTHENTICATE,
    b"UNSELECT": UNSELECT,
    b"UNSUBSCRIBE": UNSUBSCRIBE,
}
