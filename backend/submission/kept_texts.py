"""What the names and texts of signatures and templates may be."""

from __future__ import annotations

from backend.kit.errors import InvalidSyntax, TooLarge

LONGEST_NAME = 100
LONGEST_SUBJECT = 900
MAX_HTML_CHARS = 100_000


def check_name(name: str) -> str:
    """The name without blanks around it. Raises InvalidSyntax."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidSyntax(f"A name of at most {LONGEST_NAME} characters is needed", field="name")
    return name


def check_subject(subject: str) -> str:
    """The subject without blanks around it; it may be empty. Raises InvalidSyntax."""
    subject = subject.strip()
    if len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise InvalidSyntax(f"A subject of at most {LONGEST_SUBJECT} characters is needed", field="subject")
    return subject


def check_html(html: str) -> str:
    """The text as it is, without what no database takes. Raises TooLarge."""
    if len(html) > MAX_HTML_CHARS:
        raise TooLarge("The text is too long: pictures cannot be part of it", field="html")
    return html.replace("\0", "").encode("utf-8", "replace").decode()
