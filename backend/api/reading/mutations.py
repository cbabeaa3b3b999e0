"""What a reader answers, leaves, and wants shown in another way."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import many_ids, one_id
from backend.api.reading.invitation import Invitation
from backend.api.reading.unsubscribe import UnsubscribeOffer
from backend.formats.addresses import Address
from backend.formats.itip import Answer
from backend.mailstore import sender_looks, shared_messages, thread_changes
from backend.mailstore.sender_looks import SenderLook
from backend.submission import invitations, unsubscribe


async def _split_conversation(info: Info, message_id: strawberry.ID) -> strawberry.ID:
    thread_id = await thread_changes.split(info.context.account_id, one_id(message_id, "messageId"))
    return strawberry.ID(str(thread_id))


@strawberry.type
class JoinedConversations:
    """A conversation that was made of several."""

    thread_id: strawberry.ID
    brought: list[list[strawberry.ID]] = strawberry.field(
        description="The messages that each of the others brought to it; partMessages undoes the joining."
    )


async def _join_conversations(info: Info, message_ids: list[strawberry.ID]) -> JoinedConversations:
    refs = many_ids(message_ids, "messageIds", limit=thread_changes.MAX_JOINED)
    joined = await thread_changes.join(info.context.account_id, refs)
    brought = [[strawberry.ID(str(ref)) for ref in refs] for refs in joined.brought]
    return JoinedConversations(thread_id=strawberry.ID(str(joined.thread_id)), brought=brought)


async def _part_messages(info: Info, message_ids: list[strawberry.ID]) -> strawberry.ID:
    refs = many_ids(message_ids, "messageIds", limit=thread_changes.MAX_MESSAGES)
    return strawberry.ID(str(await thread_changes.part(info.context.account_id, refs)))


async def _unsubscribe(info: Info, message_id: strawberry.ID) -> UnsubscribeOffer:
    account_id, ref = info.context.account_id, one_id(message_id, "messageId")
    owner_id = await shared_messages.account_of(account_id, ref)
    return UnsubscribeOffer.of(await unsubscribe.leave(account_id, owner_id, ref))


async def _answer_invitation(
    info: Info, message_id: strawberry.ID, part: str, answer: Answer, comment: str = ""
) -> Invitation:
    account_id, ref = info.context.account_id, one_id(message_id, "messageId")
    owner_id = await shared_messages.account_of(account_id, ref)
    return Invitation.of(await invitations.answer(account_id, owner_id, ref, part, answer, comment))


async def _set_sender_look(info: Info, address: str, own_colours: bool, hide_images: bool) -> bool:
    look = SenderLook(has_own_colours=own_colours, hides_images=hide_images)
    await sender_looks.choose(info.context.account_id, str(Address.parse(address)), look)
    return True


@strawberry.type
class ReadingMutations:
    """What a reader does with a message but file it."""

    split_conversation: strawberry.ID = signed_in(
        _split_conversation,
        description="Begins a new conversation with this message: it and what came after it leave the "
        "old one. The new thread id; joinConversations undoes it.",
    )
    join_conversations: JoinedConversations = signed_in(
        _join_conversations, description="Makes the conversations of 2 to 50 messages one."
    )
    part_messages: strawberry.ID = signed_in(
        _part_messages,
        description="Begins a new conversation with these messages of one conversation; its thread id.",
    )
    unsubscribe: UnsubscribeOffer = signed_in(
        _unsubscribe, description="Leaves the list of a message by the way it offers; WEB is only remembered."
    )
    answer_invitation: Invitation = signed_in(
        _answer_invitation,
        description="Sends the answer to the organizer by mail (RFC 6047) and remembers it.",
    )
    set_sender_look: bool = signed_in(
        _set_sender_look, description="How mail of a sender is shown: own colours in the dark, images never."
    )
