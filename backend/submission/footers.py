"""The footer that a domain puts below what its users send (`footer.text`, `footer.html`).

Templates name the author: `{{name}}`, `{{title}}`, `{{address}}`, `{{domain}}`. One form is made from the
other where a domain has set one alone. Mail that stays within the installation gets it only by
`footer.internal`. It is added before the message is signed (`protocol_service.spool.signing`).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from html import escape

from backend.directory import resolve, settings
from backend.formats import footer
from backend.formats.footer import Footer
from backend.formats.html_text import to_text
from backend.kit import db

THREAD_BYTES = 128 * 1024
_VARIABLE = re.compile(r"\{\{(name|title|address|domain)\}\}")


async def apply(author_id: int, domains: Iterable[str], raw: bytes) -> bytes:
    """The message of that author to recipients in these domains as it goes out."""
    text = str(await settings.get("footer.text", user_id=author_id))
    html = str(await settings.get("footer.html", user_id=author_id))
    if not (text or html) or not await settings.get("footer.enabled", user_id=author_id):
        return raw
    if not await settings.get("footer.internal", user_id=author_id) and await _stays_here(domains):
        return raw
    values = await _values(author_id)
    made = render(text, html, values)
    if len(raw) > THREAD_BYTES:
        return await asyncio.to_thread(footer.append, raw, made)
    return footer.append(raw, made)


def render(text: str, html: str, values: dict[str, str]) -> Footer:
    """Both forms for one author."""
    lines = _VARIABLE.sub(lambda found: values[found[1]], text.replace("\r\n", "\n")).strip("\n")
    shown = _VARIABLE.sub(lambda found: escape(values[found[1]]), html)
    if not shown:
        shown = "<div>" + escape(lines).replace("\n", "<br>\n") + "</div>"
    return Footer(lines or to_text(shown).strip("\n"), shown)


async def _stays_here(domains: Iterable[str]) -> bool:
    for domain in set(domains):
        if not await resolve.is_local_domain(domain):
            return False
    return True


async def _values(author_id: int) -> dict[str, str]:
    row = await db.fetch_row(
        "SELECT u.name, u.localpart, d.name FROM user_account u JOIN domain d ON d.id = u.domain_id"
        " WHERE u.id = ?",
        author_id,
    )
    name, localpart, domain = row if row is not None else ("", "", "")
    title = str(await settings.get("profile.title", user_id=author_id))
    return {"name": name, "title": title, "address": f"{localpart}@{domain}", "domain": domain}
