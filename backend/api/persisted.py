"""Persisted documents: the SPA sends the SHA-256 of a document that its build wrote down.

Only these run without signing in, apart from `signIn` and `setUp`; so an anonymous peer cannot make the
server price or parse documents of its own.
"""

from __future__ import annotations

import json
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)


class PersistedDocuments:
    """The map from hash to document, read once."""

    def __init__(self, documents: dict[str, str]) -> None:
        self._documents = documents
        self._texts = frozenset(documents.values())

    @classmethod
    def read(cls, path: Path) -> PersistedDocuments:
        """Read the file that the SPA's build made; an absent file means: none (the SPA is not built)."""
        try:
            documents = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            log.warning("no_persisted_documents", path=str(path))
            documents = {}
        return cls({str(key): str(text) for key, text in documents.items()})

    def find(self, digest: str) -> str | None:
        """The document of that hash."""
        return self._documents.get(digest)

    def holds(self, text: str) -> bool:
        """Whether that very text is one of them."""
        return text in self._texts
