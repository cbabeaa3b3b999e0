"""One function for each reader of strangers' bytes: it raises only what it may, and keeps its promises.

A target takes any bytes and returns; what it raises is a fault. The errors that a reader documents are
answers and not faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import product

from backend.formats import (
    arc,
    authentication_results,
    dkim,
    dkim_verification,
    dmarc,
    dsn_reading,
    footer,
    html,
    key_records,
    list_commands,
    list_post,
    list_tokens,
    mime,
    mta_sts,
    spf_record,
    srs,
)
from backend.formats.addresses import Address, parse_address_list, parse_path, split_path
from backend.formats.charsets import decode
from backend.formats.client_setup import requested_address
from backend.formats.dates import parse_date
from backend.formats.documents import office
from backend.formats.documents.kinds import Kind
from backend.formats.encoded_words import decode as decode_words
from backend.formats.encoded_words import unfold
from backend.formats.envelope import bodystructure, envelope, section
from backend.formats.errors import InvalidSyntax, LimitPassed
from backend.formats.file_names import content_disposition, safe_name
from backend.formats.headers import fields, index, message_ids, select, split
from backend.formats.parameters import parse_params
from backend.formats.part import pack, unpack
from backend.formats.search_text import fold
from backend.formats.sort_keys import sort_keys
from backend.formats.structure import bodies
from backend.formats.subjects import base_subject
from backend.formats.summary import summarize
from backend.formats.transfer_encoding import decoder
from backend.kit.errors import MailError
from backend.mailstore import search_syntax
from protocol_service.imap import mailbox_name, sequence_set
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.framing import Frame, Framer
from protocol_service.imap.grammar import (
    acl,
    append,
    dates,
    fetch,
    flags,
    imap_url,
    mailboxes,
    metadata,
    metadata_entries,
    notify,
    partial,
    search,
    search_results,
    search_sources,
    sort,
)
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import BEFORE_LOGIN, MIB, Limits, after_login
from protocol_service.imap.list_pattern import compiled
from protocol_service.imap.manner import PLAIN, REV2, UID_ONLY, UTF8, Manner
from protocol_service.pop3 import grammar as pop3_grammar
from protocol_service.pop3.dot_stuffing import DotStuffing
from protocol_service.pop3.errors import BadCommand as BadPop3
from protocol_service.pop3.lines import Lines
from protocol_service.pop3.top_cut import TopCut
from protocol_service.sasl import bearer, identity, scram
from protocol_service.sasl.lines import decode as decode_line
from protocol_service.sasl.peer import Cancelled, Malformed
from protocol_service.smtp.checks import content
from protocol_service.smtp.commands import parameters

_PRODUCTIONS: tuple[Callable[[Lexer], object], ...] = (
    acl.identifier,
    acl.rights_change,
    append.messages,
    dates.date,
    dates.date_time,
    fetch.fetch_request,
    flags.flag_list,
    flags.store_request,
    mailboxes.list_request,
    mailboxes.mailbox,
    mailboxes.special_use,
    mailboxes.status_items,
    metadata.get_request,
    metadata.set_request,
    metadata_entries.entries,
    notify.notify_request,
    partial.partial,
    search.program,
    search_results.results,
    search_sources.sources,
    sequence_set.take,
    sort.criteria,
    sort.program,
)
_SMTP_PARAMETERS = frozenset({"SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "AUTH", "NOTIFY", "ORCPT"})
_NOW = 1_782_900_000
_FOOTER = footer.Footer("Example Ltd,\nRostock – €", "<p>Example Ltd,<br>Rostock – €</p>")


def _pieces(data: bytes) -> Iterable[bytes]:
    """The same bytes in pieces, as a network may bring them."""
    size = data[0] % 13 + 1 if data else 1
    return (data[at : at + size] for at in range(0, len(data), size))


def imap(data: bytes) -> None:
    """A client's stream: framed the same however it comes, and every frame read as each verb would."""
    for limits in (BEFORE_LOGIN, after_login(MIB)):
        units = _framed([data], limits)
        assert _framed(_pieces(data), limits) == units
        for unit in units:
            if isinstance(unit, Frame):
                _read_arguments(unit)


def _framed(pieces: Iterable[bytes], limits: Limits) -> list[object]:
    framer, units, fed = Framer(limits), list[object](), 0
    for piece in pieces:
        framer.feed(piece)
        fed += len(piece)
        while (unit := framer.next()) is not None:
            # Whoever asks for a literal waits for it; a stream that goes on has sent it already.
            if isinstance(unit, Frame):
                units.append(unit)
        assert framer.buffered <= fed
    return units


def _read_arguments(frame: Frame) -> None:
    for production, manner in product(_PRODUCTIONS, (PLAIN, _EVERYTHING)):
        lexer = Lexer(frame.text, frame.literals, manner=manner)
        with suppress(BadCommand, Refused):
            lexer.astring()
            lexer.space()
            lexer.word()
            at = lexer.at
            with suppress(BadCommand, Refused):
                production(lexer)
            lexer.at = at
            lexer.space()
            production(lexer)


_EVERYTHING = Manner.of(frozenset({b"CONDSTORE", b"QRESYNC", REV2, UTF8, UID_ONLY}))


def imap_names(data: bytes) -> None:
    """Mailbox names, patterns, sequence sets, URLs."""
    with suppress(ValueError):
        name = mailbox_name.decode(data)
        assert mailbox_name.decode(mailbox_name.encode(name)) == name
    with suppress(BadCommand, Refused):
        pairs = sequence_set.parse(data)
        for low, high in sequence_set.resolve(pairs, 1000):
            assert 0 < low <= high
    with suppress(BadCommand, Refused):
        imap_url.parse(data)
    pattern, _, name = data.decode("utf-8", "replace").partition("\n")
    with suppress(BadCommand, Refused):
        compiled(pattern)(name)


def message(data: bytes) -> None:
    """A whole message, read as ingest, FETCH and the web read it."""
    root = mime.scan(data)
    found = summarize(data)
    assert bodystructure(root).startswith(b"(")
    assert unpack(pack(root)) == unpack(found.parts)
    envelope(data, root)
    report = dsn_reading.read(data, root)
    if report is not None:
        dsn_reading.message_id_of(report)
    content.look(data)
    for part in root.walk():
        assert 0 <= part.header_start <= part.body_start <= part.end <= len(data)
        mime.part_text(data, part)
        for text in ("", ".MIME", ".HEADER", ".TEXT"):
            section(data, root, part.number + text)
    for part in bodies(root).html:
        _clean(mime.part_text(data, part))
    footer.append(data, _FOOTER)


def header(data: bytes) -> None:
    """A header section and the values of its fields, each read as if it were of every kind."""
    assert all(whole in data for whole, _, _ in fields(data))
    select(data, frozenset({b"subject", b"from"}))
    for values in index(data).values():
        for value in values:
            header_value(value)


def header_value(data: bytes) -> None:
    """One value, read as each of the structured ones."""
    text = decode_words(unfold(data))
    fold(text)
    base_subject(text, localized=True)
    parse_params(data)
    parse_date(data)
    message_ids(data)
    for mailbox in parse_address_list(data):
        str(mailbox)
    sort_keys(b"From: " + data + b"\r\nTo: " + data + b"\r\n\r\n", text, "")
    name = safe_name(text)
    assert not set(name) & set("/\\\0\r\n")
    assert "\n" not in content_disposition("attachment", text)


def address(data: bytes) -> None:
    """Paths of SMTP and addresses that people type; what is read once reads the same again."""
    with suppress(InvalidSyntax):
        path, _ = split_path(data)
        parse_path(path, smtputf8=True)
    with suppress(ValueError):
        found = Address.parse(data.decode("utf-8", "replace"))
        assert Address.parse(str(found)) == found


def smtp(data: bytes) -> None:
    """Arguments of MAIL and RCPT with their parameters, and what acceptance looks for in a message."""
    with suppress(InvalidSyntax, MailError, parameters.UnknownParameter):
        path, rest = split_path(data)
        given = parameters.split(rest, _SMTP_PARAMETERS) if rest else {}
        parse_path(path, smtputf8="SMTPUTF8" in given)
        for name, read in (
            ("SIZE", parameters.size),
            ("RET", parameters.ret),
            ("ENVID", parameters.envid),
            ("NOTIFY", parameters.notify),
            ("ORCPT", parameters.orcpt),
            ("BODY", parameters.body),
        ):
            if name in given:
                read(given[name])
    content.look(data)


def pop3(data: bytes) -> None:
    """Lines and arguments of POP3; answers are stuffed and cut the same in one piece and in many."""
    reader = Lines()
    for piece in _pieces(data):
        reader.feed(piece)
        while (line := reader.next()) is not None:
            if isinstance(line, bytes):
                _read_pop3(line)
    stuffing, blocks = DotStuffing(), DotStuffing()
    whole = stuffing(data)
    assert b"".join(map(blocks, _pieces(data))) + blocks.end == whole + stuffing.end
    assert b"\r\n.\r\n" not in (b"\r\n" + whole + stuffing.end)
    cut = b"".join(map(TopCut(2), [data]))
    pieces, taken = TopCut(2), b""
    for piece in _pieces(data):
        if not pieces.is_done:
            taken += pieces(piece)
    assert taken == cut


def _read_pop3(line: bytes) -> None:
    with suppress(BadPop3):
        _, argument = pop3_grammar.split(line)
        for read in (
            pop3_grammar.nothing,
            pop3_grammar.number,
            pop3_grammar.optional_number,
            pop3_grammar.two_numbers,
        ):
            with suppress(BadPop3):
                read(argument)


def sasl(data: bytes) -> None:
    """Responses of clients."""
    with suppress(Malformed, Cancelled, MailError):
        data = decode_line(data)
    with suppress(Malformed, MailError):
        scram._first(scram._parse_first(data), b"")
    with suppress(Malformed, MailError):
        bearer._token(bearer._parts(data))
    with suppress(Malformed, MailError):
        identity.unescape(data)


def web(data: bytes) -> None:
    """HTML of a message, a query of the web's search, Outlook's request, a policy of MTA-STS."""
    text = data.decode("utf-8", "replace")
    _clean(text)
    search_syntax.parse(text, now=_NOW)
    with suppress(ValueError):
        requested_address(data)
    with suppress(InvalidSyntax):
        mta_sts.parse_policy(text)
    mta_sts.record_id(text.split("\n"))


def _clean(text: str) -> None:
    found = html.sanitize(text, part_url=lambda cid: None)
    assert "<script" not in found.html
    html.to_text(text)


def encoding(data: bytes) -> None:
    """Charsets and transfer encodings, in one piece and in many; canonical forms of DKIM."""
    name, _, rest = data.partition(b"\n")
    decode(rest, name.decode("latin-1"))
    for cte in ("base64", "quoted-printable", "8bit"):
        whole, pieces = decoder(cte), decoder(cte)
        assert b"".join(map(pieces.feed, _pieces(rest))) + pieces.end() == whole.feed(rest) + whole.end()
    lines = rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    assert dkim.relaxed_body(dkim.relaxed_body(lines)) == dkim.relaxed_body(lines)


def document(data: bytes) -> None:
    """An office file; PDF is read by a library, in a process that may end."""
    for kind in (Kind.WORD, Kind.SHEET, Kind.SLIDES, Kind.OPEN_DOCUMENT):
        with suppress(InvalidSyntax, LimitPassed):
            assert len(office.text(kind, data, 1000)) <= 1100


def origin(data: bytes) -> None:
    """Signatures, chains, our own results in a message; records of keys and policies; return paths."""
    dkim_verification.read(data, now=1)
    arc.read(data)
    left = authentication_results.remove(data, "mail.example.test")
    assert authentication_results.remove(left, "mail.example.test") == left
    with suppress(InvalidSyntax):
        spf_record.parse(b"v=spf1 " + data)
    dmarc.parse("x.test", data)
    text = data.decode("utf-8", "replace")
    with suppress(key_records.Unusable):
        key_records.parse(text)
    with suppress(InvalidSyntax):
        srs.restore(Address(text, "x.test"), [b"s"], now=1)


_LIST = list_post.Shape(
    Address("talk", "x.test"), "Täglich", "[täglich]", "Bis bald", replies_to_list=True, rewrites_from=True
)


def mailing_list(data: bytes) -> None:
    """A post as a list sends it on, a command, a moderator's answer, a token."""
    shaped = list_post.reshape(data, _LIST)
    head = index(shaped[: split(shaped)[0]])
    assert len(head[b"list-id"]) == len(head[b"from"]) == len(head[b"reply-to"]) == 1
    assert list_post.has_passed(head, _LIST)
    list_post.is_automatic(index(data))
    line = list_commands.first_line(data)
    list_commands.verdict_of(line)
    list_commands.word_of("", line)
    text = data.decode("utf-8", "replace")
    assert list_tokens.verify(b"key", text, "x.test") is None
    list_tokens.token_of(text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        imap,
        imap_names,
        message,
        header,
        header_value,
        address,
        smtp,
        pop3,
        sasl,
        web,
        encoding,
        document,
        origin,
        mailing_list,
    )
}
