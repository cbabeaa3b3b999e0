"""Whether a message meets a condition: pure, linear in the message, and without a surprise for any pattern.

Both sides are folded (`formats.search_text`), so case, width and runs of white space make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress

from backend.formats.domain_names import normalize_domain
from backend.formats.errors import InvalidSyntax
from backend.formats.search_text import fold
from backend.rules.definition import Condition, Definition, Field, Match, Relation
from backend.rules.facts import MailFacts

# Of longer texts a pattern sees the beginning: what it costs is bounded by this and its own length.
LONGEST_SEEN = 100_000

Predicate = Callable[[MailFacts], bool]

_ADDRESS_FIELDS: dict[Field, tuple[bytes, ...]] = {
    Field.FROM: (b"from",),
    Field.TO: (b"to",),
    Field.CC: (b"cc",),
    Field.RECIPIENT: (b"to", b"cc", b"bcc"),
}


def compile_definition(definition: Definition) -> Predicate:
    """Whether a message is one for the filter."""
    tests = [compile_condition(one) for one in definition.conditions]
    if definition.match is Match.ANY:
        return lambda facts: any(test(facts) for test in tests)
    return lambda facts: all(test(facts) for test in tests)


def compile_condition(condition: Condition) -> Predicate:
    """Whether a message meets the condition."""
    test = _compile(condition)
    return (lambda facts: not test(facts)) if condition.is_negated else test


def _compile(condition: Condition) -> Predicate:
    match condition.field:
        case Field.SIZE:
            size = int(condition.value)
            if condition.relation is Relation.OVER:
                return lambda facts: facts.size_bytes > size
            return lambda facts: facts.size_bytes < size
        case Field.ATTACHMENT:
            return lambda facts: facts.content.has_attachments
        case Field.MAILING_LIST:
            return lambda facts: facts.is_from_list
        case Field.SPAM:
            return lambda facts: facts.is_called_spam
        case Field.PRIORITY:
            return lambda facts: facts.priority == condition.value
    read = _reader(condition)
    if condition.relation is Relation.EXISTS:
        return lambda facts: any(read(facts))
    test = _text_test(condition.relation, condition.value)
    return lambda facts: any(map(test, read(facts)))


def _reader(condition: Condition) -> Callable[[MailFacts], Sequence[str]]:
    """The texts that are compared; any of them may meet the condition."""
    field = condition.field
    if field in _ADDRESS_FIELDS:
        names, is_recipient = _ADDRESS_FIELDS[field], field is Field.RECIPIENT
        is_domain = condition.relation is Relation.DOMAIN

        def read(facts: MailFacts) -> list[str]:
            kind = facts.addresses if is_domain else facts.people
            found = [text for name in names for text in kind(name)]
            return [*found, fold(facts.delivered_to)] if is_recipient and facts.delivered_to else found

        return read
    if field is Field.BODY:
        return lambda facts: (facts.content.text,)
    if field is Field.ATTACHMENT_NAME:
        return lambda facts: facts.content.attachment_names
    name = {Field.SUBJECT: b"subject", Field.LIST_ID: b"list-id"}.get(field)
    header = condition.header.lower().encode("ascii") if name is None else name
    return lambda facts: facts.texts(header)


def _text_test(relation: Relation, value: str) -> Callable[[str], bool]:
    if relation is Relation.DOMAIN:
        return _domain_test(value)
    if relation is Relation.MATCHES:
        return glob(value)
    wanted = fold(value)
    if relation is Relation.IS:
        return lambda text: text == wanted
    if relation is Relation.BEGINS:
        return lambda text: text.startswith(wanted)
    if relation is Relation.ENDS:
        return lambda text: text.endswith(wanted)
    return lambda text: wanted in text


def _domain_test(value: str) -> Callable[[str], bool]:
    domain = value.strip().lower().removeprefix("@")
    with suppress(InvalidSyntax):  # else it is compared as it was typed
        domain = normalize_domain(domain)
    below = f".{domain}"

    def test(address: str) -> bool:
        found = address.rpartition("@")[2]
        return found == domain or found.endswith(below)

    return test


def glob(pattern: str) -> Callable[[str], bool]:
    """`*` stands for any characters, `?` for one, a backslash takes the meaning from what follows (RFC 5228
    §2.7.1).

    The pieces between stars are looked for from left to right, each as early as it may stand: no pattern goes
    back, so its cost is at most its length for each character.
    """
    pieces = [re.compile(piece, re.DOTALL) for piece in _pieces(pattern)]
    if len(pieces) == 1:
        only = pieces[0]
        return lambda text: only.fullmatch(text[:LONGEST_SEEN]) is not None
    first, *middle, last = pieces
    length = _length(last)

    def test(text: str) -> bool:
        text = text[:LONGEST_SEEN]
        found = first.match(text)
        if found is None:
            return False
        position = found.end()
        for piece in middle:
            found = piece.search(text, position)
            if found is None:
                return False
            position = found.end()
        start = len(text) - length
        return start >= position and last.fullmatch(text, start) is not None

    return test


def _pieces(pattern: str) -> list[str]:
    """Regular expressions of a fixed length, one for each piece between stars."""
    pieces = [""]
    is_escaped = False
    for character in fold(pattern):
        if is_escaped or character not in "*?\\":
            pieces[-1] += re.escape(character)
            is_escaped = False
        elif character == "\\":
            is_escaped = True
        elif character == "*":
            pieces.append("")
        else:
            pieces[-1] += "."
    if is_escaped:
        pieces[-1] += r"\\"
    return pieces


def _length(piece: re.Pattern[str]) -> int:
    """How many characters it takes: each is one, but for its escape."""
    return len(re.sub(r"\\(.)", r"\1", piece.pattern, flags=re.DOTALL))
