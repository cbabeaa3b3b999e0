/** What is asked of one message beyond its text: its origin, its files, its list, its conversation. */
import { graphql } from "@/api";

export const OriginQuery = graphql(`
  query MessageOrigin($id: ID!) {
    message(id: $id) {
      id
      headers
      messageId
      origin {
        standing
        fromDomain
        isSignedByDomain
        isSentByDomain
        signers
        returnPath
        listId
        checks { method result reason domain }
        path { fromName fromAddress by protocol tls isEncrypted at delaySeconds }
      }
    }
  }
`);

export const PreviewQuery = graphql(`
  query AttachmentPreview($messageId: ID!, $part: String!, $showImages: Boolean) {
    attachmentPreview(messageId: $messageId, part: $part, showImages: $showImages) {
      text
      isTruncated
      contacts {
        name
        organisation
        title
        birthday
        note
        emails { value kind }
        phones { value kind }
        addresses { value kind }
        urls { value kind }
      }
      message {
        subject
        from { name address }
        to { name address }
        cc { name address }
        sentAt
        html
        blockedImages
        offersImages
        isTruncated
        isDarkFriendly
        attachmentCount
        attachments { part name contentType sizeBytes isInline url preview }
      }
      invitation { ...InvitationFields }
    }
  }
`);

export const InvitationFields = graphql(`
  fragment InvitationFields on Invitation {
    method
    summary
    description
    location
    status
    starts { at local zone isDay }
    ends { at local zone isDay }
    rule
    organizer { name address }
    attendees { name address status isOptional }
    eventCount
    canAnswer
    answer
  }
`);

export const AnswerInvitationMutation = graphql(`
  mutation AnswerInvitation($messageId: ID!, $part: String!, $answer: InvitationAnswer!, $comment: String!) {
    answerInvitation(messageId: $messageId, part: $part, answer: $answer, comment: $comment) {
      ...InvitationFields
    }
  }
`);

export const AttachmentsQuery = graphql(`
  query Attachments($messageId: ID!, $offset: Int!, $limit: Int!) {
    attachments(messageId: $messageId, offset: $offset, limit: $limit) {
      part
      name
      contentType
      sizeBytes
      isInline
      url
      preview
    }
  }
`);

export const UnsubscribeMutation = graphql(`
  mutation Unsubscribe($messageId: ID!) {
    unsubscribe(messageId: $messageId) { way target leftAt }
  }
`);

export const SetSenderLookMutation = graphql(`
  mutation SetSenderLook($address: String!, $ownColours: Boolean!, $hideImages: Boolean!) {
    setSenderLook(address: $address, ownColours: $ownColours, hideImages: $hideImages)
  }
`);

export const SplitConversationMutation = graphql(`
  mutation SplitConversation($messageId: ID!) {
    splitConversation(messageId: $messageId)
  }
`);

export const JoinConversationsMutation = graphql(`
  mutation JoinConversations($messageIds: [ID!]!) {
    joinConversations(messageIds: $messageIds) { threadId brought }
  }
`);

export const PartMessagesMutation = graphql(`
  mutation PartMessages($messageIds: [ID!]!) {
    partMessages(messageIds: $messageIds)
  }
`);
