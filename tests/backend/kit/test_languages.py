"""What the server says is said in the reader's language."""

from __future__ import annotations

from contextvars import copy_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit import languages
from backend.kit.languages import Catalogue, Template, preferred, said
from tests.support.spoken import places, spoken


def in_german(text: str) -> str:
    context = copy_context()
    context.run(languages.language.set, "de")
    return context.run(said, text)


def test_every_sentence_has_its_translation_and_no_translation_is_left_over() -> None:
    for tongue in languages.LANGUAGES - {languages.ORIGINAL}:
        texts = languages.texts(tongue)
        assert sorted(spoken() - texts.keys()) == []
        assert sorted(texts.keys() - spoken()) == []
        assert [text for text, own in texts.items() if not own or places(text) != places(own)] == []


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr,de;q=0.4,en;q=0.6", "en"),
        ("fr,nl", "en"),
        ("de;q=x,,;;q=1", "en"),
        ("*", "en"),
    ],
)
def test_the_language_is_the_one_that_is_liked_best(header: str, language: str) -> None:
    assert preferred(header) == language


def test_without_a_reader_of_another_language_nothing_changes() -> None:
    assert said("There is no user liv") == "There is no user liv"


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("The mailbox is full", "Das Postfach ist voll"),
        ("There is no user liv in example.org", "In example.org gibt es keinen Benutzer liv"),
        (
            "Mailbox size: at most 10 GB, set by keeper for example.org",
            "Größe des Postfachs: höchstens 10 GB, festgelegt von keeper für example.org",
        ),
        (
            "Shortest password: it accepts values from 8 to 64",
            "Kürzestes Passwort: Möglich sind Werte von 8 bis 64",
        ),
        (
            "You may send to 500 new recipients a day; try again in 7 min",
            "Für Sie gilt die Grenze von 500 neuen Empfängern am Tag; versuchen Sie es in 7 Min. wieder",
        ),
        ("Something nobody has written down", "Something nobody has written down"),
        ("", ""),
    ],
)
def test_sentences_are_translated_with_what_stands_in_them(text: str, german: str) -> None:
    assert in_german(text) == german


def test_the_sentence_that_fits_best_is_meant() -> None:
    catalogue = Catalogue({"{a}: {b}": "{a} ({b})", "{name}: no {thing} here": "{name}: hier kein {thing}"})
    assert catalogue.translate("x: no y here") == "x: hier kein y"
    assert catalogue.translate("x: y") == "x (y)"


@given(
    st.lists(st.text("ab", min_size=1), min_size=2, max_size=4),
    st.lists(st.text("xy"), min_size=4, max_size=4),
)
def test_what_was_filled_in_is_read_back(literals: list[str], values: list[str]) -> None:
    names = tuple(f"n{number}" for number in range(len(literals) - 1))
    template = Template(tuple(literals), names)
    filled = dict(zip(names, values, strict=False))
    text = literals[0] + "".join(
        filled[name] + literal for name, literal in zip(names, literals[1:], strict=True)
    )
    assert template.read(text) == filled


@given(st.text(max_size=1500))
def test_no_text_breaks_the_catalogue(text: str) -> None:
    catalogue = Catalogue(languages.texts("de"))
    assert isinstance(catalogue.translate(text), str)
    assert catalogue.translate("There is no user " + text[:900]) != ""
