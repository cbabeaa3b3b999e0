from __future__ import annotations

import pytest
from graphql import GraphQLError, OperationDefinitionNode, parse

from backend.api.limits import MAX_ALIASES, MAX_COST, MAX_DEPTH, MAX_PAGE, Price


def price(text: str, **variables: object) -> int:
    document = parse(text)
    found = Price(document, variables)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            found.of(definition.selection_set)
    return found.total


def test_a_page_multiplies_what_stands_below_it() -> None:
    assert price("{ view(limit: 10) { rows { id } } }") == 1 + 10 + 10


def test_a_variable_counts_with_its_value() -> None:
    assert price("query($n: Int!) { view(limit: $n) { total } }", n=50) == 51


def test_pages_within_pages_are_refused_when_they_grow_too_dear() -> None:
    with pytest.raises(GraphQLError, match="too much at once"):
        price("{ domains(first: 200) { edges { node { users(first: 200) { totalCount } } } } }")


def test_a_page_beyond_the_limit_is_refused() -> None:
    with pytest.raises(GraphQLError, match=str(MAX_PAGE)):
        price(f"{{ view(limit: {MAX_PAGE + 1}) {{ total }} }}")


def test_depth_is_bounded() -> None:
    with pytest.raises(GraphQLError, match=str(MAX_DEPTH)):
        price("{ a " * (MAX_DEPTH + 1) + "{ a }" + " }" * (MAX_DEPTH + 1))


def test_a_circle_of_fragments_ends() -> None:
    with pytest.raises(GraphQLError, match=str(MAX_DEPTH)):
        price("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")


def test_a_fan_of_fragments_is_priced_each_time_it_is_spread() -> None:
    fragments = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(8))
    total = price(f"{{ ...F0 }} {fragments} fragment F8 on Query {{ a b c }}")

    assert total == 3 * 2**8 < MAX_COST


def test_aliases_are_bounded() -> None:
    text = "{ " + " ".join(f"a{n}: viewer {{ id }}" for n in range(MAX_ALIASES + 1)) + " }"

    with pytest.raises(GraphQLError, match="aliases"):
        price(text)
