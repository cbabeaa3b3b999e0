"""What the server says to people, read off its code: texts of errors, labels and help of settings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from backend.directory.setting_keys import REGISTRY, SUBJECTS
from backend.formats import errors as format_errors
from backend.kit import errors
from backend.kit.errors import MailError

ROOT = Path(__file__).parents[2] / "backend"
# What administrators read in a terminal or a log, and mail servers, is English.
ELSEWHERE = ("cli", "formats/mta_sts.py", "formats/office.py", "formats/spf_record.py", "formats/tag_list.py")
SPOKEN = {"said", "shown"}
DNS_RECORDS = {"DnsRecord", "_service"}
# Parts that sentences are made of, and those that come another way.
PARTS = {
    "You", "Your domain", "messages an hour", "recipients an hour", "new recipients a day",
    "users", "aliases", "domain aliases", "lists", "a user", "an alias", "a list",
    "the built-in default", "set by {set_by} for {place}", "set by {set_by}",
    "at least {low}", "at most {high}", "from {low} to {high}", "only {choice}", "not beyond {choice}",
    "on", "off", "unlimited", "1 second", "{value} seconds", "1 minute", "{value} minutes",
    "1 hour", "{value} hours", "1 day", "{value} days", "{size} bytes", "Sending",
    "Nothing is sent to {name}: {why}", "Nothing is sent to {name}: {why}.",
    "mail to it came back", "its owner does not want it",
    "an administrator has blocked it",
    "Lists take no delivery reports", "This list is closed", "You may not post to this list",
    "Only members may post to this list", "Only moderators may post to this list",
    "Only chosen senders may post to this list", "Posts to this list must be submitted by a signed-in sender",
    "It is not certain that the sender is who it claims to be", "Posts to this list are moderated",
    "{size}, kept until {until}.", "{address} comes onto {list}.", "{address} is no longer on {title}.",
    "This has been answered already.",
    "There is nothing to do: this address is not on {title}, or it was long ago.",
    "{title} takes no new members by itself.", "A moderator decides whether {address} comes onto {title}.",
    "{address} is on {title} now.",
}  # fmt: skip
RAISED = {
    name
    for module in (errors, format_errors)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, MailError | ValueError) and value is not MailError
}


def spoken() -> set[str]:
    """Every sentence that may be shown, with the places of what is filled in: `There is no user {wanted}`."""
    found = set(PARTS)
    for path in ROOT.rglob("*.py"):
        if not path.relative_to(ROOT).as_posix().startswith(ELSEWHERE):
            found.update(_said_in(path))
    for key in REGISTRY.values():
        found |= {key.label, key.help}
        found |= {text for choice in key.choices for text in (choice.label, choice.help) if text}
    return found | set(SUBJECTS.values())


def places(text: str) -> set[str]:
    """The names in braces."""
    return set(re.findall(r"\{(\w+)\}", text))


def _said_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if _name(node.func) in RAISED:
            yield from _templates(node.args[0], constants) if node.args else ()
        elif _name(node.func) in SPOKEN:
            for argument in node.args:
                yield from _templates(argument, constants)
        elif _name(node.func) in DNS_RECORDS and node.args:
            yield from _templates(node.args[-1], constants)


def _templates(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _templates(node.body, constants)
        yield from _templates(node.orelse, constants)
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from _templates(constants[node.id], {})
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield _template(node)


def _template(node: ast.JoinedStr) -> str:
    names: list[str] = []
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
            continue
        name = _last_name(part)
        while name in names:
            name += "_"
        names.append(name)
        parts.append(f"{{{name}}}")
    return "".join(parts)


def _last_name(node: ast.AST) -> str:
    names = [name for one in ast.walk(node) if (name := _name(one))]
    return names[0].lower().strip("_") if names else "text"


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
