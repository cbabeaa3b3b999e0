"""How a list sends a post on, by its options and by whose post it is."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from backend.directory import list_tokens, resolve
from backend.directory.list_types import FromRewriting, MailingList, ReplyTo
from backend.formats import authentication_results, dkim, dmarc
from backend.formats.addresses import Address
from backend.formats.list_post import Shape
from backend.formats.list_tokens import ListToken, Purpose
from backend.kit import config

_KNOWN = (dmarc.Result.NONE, dmarc.Result.PASS, dmarc.Result.FAIL)
_STRICT = ("quarantine", "reject")


async def of_post(mailing_list: MailingList, raw: bytes, results: Sequence[str]) -> Shape:
    """The shape for a post, by the domain of its author; `results` are what was found of its origin."""
    rewrites = mailing_list.from_rewriting is FromRewriting.ALWAYS
    if mailing_list.from_rewriting in (FromRewriting.OUTSIDE, FromRewriting.POLICY):
        domain = dkim.signing_domain(raw)
        # Without one author nobody could sign for it either.
        rewrites = not domain or not await resolve.is_local_domain(domain)
    if rewrites and mailing_list.from_rewriting is FromRewriting.POLICY:
        origin = authentication_results.dmarc_of(results)
        is_known = origin is not None and origin.result in _KNOWN
        rewrites = origin is None or not is_known or origin.policy in _STRICT
    return Shape(
        address=Address(mailing_list.localpart, mailing_list.domain),
        name=mailing_list.name,
        subject_prefix=mailing_list.subject_prefix,
        footer=mailing_list.footer,
        replies_to_list=mailing_list.reply_to is ReplyTo.LIST,
        rewrites_from=rewrites,
    )


def plain(mailing_list: MailingList) -> Shape:
    """The shape as far as the list's own addresses go."""
    return Shape(Address(mailing_list.localpart, mailing_list.domain), mailing_list.name)


async def unsubscribe_url(mailing_list: MailingList, member_id: int) -> str:
    """The link by which one member leaves the list (RFC 8058)."""
    text = await list_tokens.issue(
        ListToken(Purpose.UNSUBSCRIBE, mailing_list.id, member_id), mailing_list.domain
    )
    return f"https://{config.current().hostname}/lists/unsubscribe/{quote(mailing_list.domain)}/{text}"
