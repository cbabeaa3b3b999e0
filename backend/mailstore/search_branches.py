"""A search tree as branches: each a list of phrases and tests that must all hold; any branch is enough.

The full-text index and the rows are asked branch by branch, so their number is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.kit.errors import InvalidSyntax
from backend.mailstore.search_syntax import All, Any, Node, Not, Phrase, plain
from backend.mailstore.search_terms import Check

MAX_BRANCHES = 16


@dataclass(slots=True)
class Branch:
    """What must hold together."""

    phrases: list[Phrase] = field(default_factory=list)
    tests: list[Check] = field(default_factory=list)


_Literals = tuple[Phrase | Check, ...]


def branches(tree: Node) -> list[Branch]:
    """The branches of a tree; none for a search that asks nothing. Raises InvalidSyntax for too many."""
    found = []
    for literals in _expand(plain(tree)):
        if literals:
            phrases = [one for one in dict.fromkeys(literals) if isinstance(one, Phrase)]
            found.append(Branch(phrases, [one for one in dict.fromkeys(literals) if isinstance(one, Check)]))
    return found


def _expand(node: Node) -> list[_Literals]:
    match node:
        case Any(parts):
            return _bounded([literals for part in parts for literals in _expand(part)])
        case All(parts):
            product: list[_Literals] = [()]
            for part in parts:
                inner = _expand(part)
                product = _bounded([(*left, *right) for left in product for right in inner])
            return product
        case Not():
            return _expand(plain(node))
        case _:
            return [(node,)]


def _bounded(found: list[_Literals]) -> list[_Literals]:
    if len(found) > MAX_BRANCHES:
        raise InvalidSyntax(f"A search may come to at most {MAX_BRANCHES} alternatives", field="search")
    return found
