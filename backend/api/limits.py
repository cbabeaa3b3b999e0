"""What one request may cost: depth, aliases, tokens, and a price that multiplies by page sizes.

A document is priced before it runs: a field costs 1, a list field its `first` or `limit` argument (its
default where none is given) times its children. Variables count with their value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    SelectionSetNode,
    VariableNode,
)
from strawberry.extensions import SchemaExtension

from backend.kit.errors import ErrorCode

MAX_DEPTH = 12
MAX_ALIASES = 30
MAX_TOKENS = 4000
MAX_COST = 20_000
MAX_PAGE = 200
PAGE_ARGUMENTS = ("first", "limit")
PLAIN_LISTS = {
    "mailboxes": 50,
    "thread": 30,
    "sessions": 10,
    "dnsRecords": 8,
    "attachments": 10,
    "filters": 100,
    "settings": 20,
}


def refuse(message: str) -> GraphQLError:
    """An error that tells the limit."""
    return GraphQLError(message, extensions={"code": ErrorCode.LIMIT_EXCEEDED.value})


class Price:
    """Prices one operation. Fragments are followed with the depth they stand at, so a circle ends at
    `MAX_DEPTH`.
    """

    def __init__(self, document: DocumentNode, variables: dict[str, Any]) -> None:
        self.fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self.variables = variables
        self.aliases = 0
        self.total = 0

    def of(self, selections: SelectionSetNode, depth: int = 1, factor: int = 1) -> int:
        """Add up a selection set; raises GraphQLError beyond a limit."""
        if depth > MAX_DEPTH:
            raise refuse(f"The query is deeper than {MAX_DEPTH} levels")
        for node in selections.selections:
            if isinstance(node, FieldNode):
                self._field(node, depth, factor)
            elif isinstance(node, InlineFragmentNode):
                self.of(node.selection_set, depth + 1, factor)
            elif isinstance(node, FragmentSpreadNode) and node.name.value in self.fragments:
                self.of(self.fragments[node.name.value].selection_set, depth + 1, factor)
        return self.total

    def _field(self, node: FieldNode, depth: int, factor: int) -> None:
        self.total += factor
        if node.alias is not None:
            self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise refuse(f"The query has more than {MAX_ALIASES} aliases")
        if node.selection_set is not None:
            self.of(node.selection_set, depth + 1, factor * self._page(node))
        if self.total > MAX_COST:
            raise refuse("The query asks for too much at once: ask for smaller pages or fewer fields")

    def _page(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value in PAGE_ARGUMENTS:
                value: Any = None
                if isinstance(argument.value, IntValueNode):
                    value = int(argument.value.value[:10])
                elif isinstance(argument.value, VariableNode):
                    value = self.variables.get(argument.value.name.value)
                if isinstance(value, int):
                    if value > MAX_PAGE:
                        raise refuse(f"At most {MAX_PAGE} rows at once")
                    return max(1, value)
        return PLAIN_LISTS.get(node.name.value, 1)


class CostLimit(SchemaExtension):
    """Refuses a document that is too deep, too wide or too dear before it is executed."""

    def on_execute(self) -> Iterator[None]:
        document = self.execution_context.graphql_document
        if document is not None:
            price = Price(document, self.execution_context.variables or {})
            for definition in document.definitions:
                selections = getattr(definition, "selection_set", None)
                if selections is not None and not isinstance(definition, FragmentDefinitionNode):
                    price.of(selections)
        yield
