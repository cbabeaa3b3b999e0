"""What a user keeps for writing: signatures, templates, and the way of each own address."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.formats.addresses import Address
from backend.kit.errors import InvalidSyntax
from backend.submission import sender_profiles, signatures, templates
from backend.submission.sender_profiles import Profile


@strawberry.type
class Signature:
    """Lines below what is written."""

    id: strawberry.ID
    name: str
    html: str

    @classmethod
    def of(cls, row: signatures.Signature) -> Signature:
        """As its owner sees it."""
        return cls(id=strawberry.ID(str(row.id)), name=row.name, html=row.html)


@strawberry.type
class MessageTemplate:
    """A text to begin messages with."""

    id: strawberry.ID
    name: str
    subject: str
    html: str

    @classmethod
    def of(cls, row: templates.Template) -> MessageTemplate:
        """As its owner sees it."""
        return cls(id=strawberry.ID(str(row.id)), name=row.name, subject=row.subject, html=row.html)


@strawberry.input
class SignatureInput:
    """What a signature is to be."""

    name: str
    html: str


@strawberry.input
class TemplateInput:
    """What a template is to be."""

    name: str
    html: str
    subject: str = ""


@strawberry.input
class SenderInput:
    """How messages from an own address are written."""

    name: str = strawberry.field(default="", description="Empty for the account's own.")
    reply_to: str = strawberry.field(default="", description="Empty for the address itself.")
    is_default: bool = False
    signature_id: strawberry.ID | None = None
    reply_signature_id: strawberry.ID | None = None

    def profile(self) -> Profile:
        """The domain's value of it."""
        return Profile(
            name=self.name,
            reply_to=self.reply_to,
            is_default=self.is_default,
            signature_id=one_id(self.signature_id, "signatureId") if self.signature_id else None,
            reply_signature_id=(
                one_id(self.reply_signature_id, "replySignatureId") if self.reply_signature_id else None
            ),
        )


async def _signatures(info: Info) -> list[Signature]:
    return [Signature.of(row) for row in await signatures.list_own(info.context.account_id)]


async def _templates(info: Info) -> list[MessageTemplate]:
    return [MessageTemplate.of(row) for row in await templates.list_own(info.context.account_id)]


async def _create_signature(info: Info, input: SignatureInput) -> Signature:
    return Signature.of(await signatures.create(info.context.account_id, input.name, input.html))


async def _update_signature(info: Info, id: strawberry.ID, input: SignatureInput) -> Signature:
    account_id = info.context.account_id
    return Signature.of(await signatures.update(account_id, one_id(id, "id"), input.name, input.html))


async def _remove_signature(info: Info, id: strawberry.ID) -> bool:
    await signatures.remove(info.context.account_id, one_id(id, "id"))
    return True


async def _create_template(info: Info, input: TemplateInput) -> MessageTemplate:
    account_id = info.context.account_id
    return MessageTemplate.of(await templates.create(account_id, input.name, input.subject, input.html))


async def _update_template(info: Info, id: strawberry.ID, input: TemplateInput) -> MessageTemplate:
    account_id, template_id = info.context.account_id, one_id(id, "id")
    return MessageTemplate.of(
        await templates.update(account_id, template_id, input.name, input.subject, input.html)
    )


async def _remove_template(info: Info, id: strawberry.ID) -> bool:
    await templates.remove(info.context.account_id, one_id(id, "id"))
    return True


async def _set_sender(info: Info, address: str, input: SenderInput) -> bool:
    account_id = info.context.account_id
    try:
        own = Address.parse(address)
    except ValueError as exc:
        raise InvalidSyntax("That is not a mail address", field="address") from exc
    await sender_profiles.save(account_id, own, input.profile())
    return True


@strawberry.type
class TextQueries:
    """Kept texts."""

    signatures: list[Signature] = signed_in(_signatures, description="One's own, by name.")
    templates: list[MessageTemplate] = signed_in(_templates, description="One's own, by name.")


@strawberry.type
class TextMutations:
    """Changes of kept texts and of the own addresses."""

    create_signature: Signature = signed_in(_create_signature)
    update_signature: Signature = signed_in(_update_signature)
    remove_signature: bool = signed_in(
        _remove_signature, description="Addresses that used it have no signature any more."
    )
    create_template: MessageTemplate = signed_in(_create_template)
    update_template: MessageTemplate = signed_in(_update_template)
    remove_template: bool = signed_in(_remove_template)
    set_sender: bool = signed_in(
        _set_sender, description="Sets how messages from an own address are written; the whole of it."
    )
