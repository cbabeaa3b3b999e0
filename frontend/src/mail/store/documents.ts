/** The mail documents; every list, row and body comes through these. */
import { graphql } from "@/api";

export const RowFields = graphql(`
  fragment RowFields on MessageRow {
    id
    mailboxId
    threadId
    threadCount
    from { name address }
    toText
    subject
    preview
    receivedAt
    sizeBytes
    isSeen
    isFlagged
    isAnswered
    isForwarded
    isDraft
    keywords
    hasAttachments
    isMuted
    isReminder
    timer { kind dueAt returnTo error }
    conversation { members { id isSeen isFlagged } tags { keyword ids } people { name address } }
  }
`);

export const MailboxFields = graphql(`
  fragment MailboxFields on Mailbox {
    id
    path
    name
    parentId
    specialUse
    total
    unread
    modseq
    rights
  }
`);

export const MailboxesQuery = graphql(`
  query Mailboxes {
    mailboxes { ...MailboxFields }
  }
`);

export const ViewQuery = graphql(`
  query View($mailboxId: ID, $search: String, $sort: MessageSort!, $filter: MessageFilter, $offset: Int!, $limit: Int!, $timeZone: String, $byConversation: Boolean!) {
    view(mailboxId: $mailboxId, search: $search, sort: $sort, filter: $filter, offset: $offset, limit: $limit, timeZone: $timeZone, byConversation: $byConversation) {
      total
      messageTotal
      state
      offset
      rows { ...RowFields }
      terms { start length operator value isExcluded doubt }
    }
  }
`);

export const ViewChangesQuery = graphql(`
  query ViewChanges(
    $mailboxId: ID!, $since: Long!, $sort: MessageSort!, $filter: MessageFilter, $byConversation: Boolean!
  ) {
    viewChanges(
      mailboxId: $mailboxId, since: $since, sort: $sort, filter: $filter, byConversation: $byConversation
    ) {
      state
      total
      messageTotal
      isReset
      removed
      added { index row { ...RowFields } }
      updated { ...RowFields }
      mailboxes { ...MailboxFields }
    }
  }
`);

export const UpdateMessagesMutation = graphql(`
  mutation UpdateMessages($input: UpdateMessagesInput!) {
    updateMessages(input: $input) {
      state
      failed { id message }
      mailboxes { ...MailboxFields }
    }
  }
`);

export const MessageDetailQuery = graphql(`
  query MessageDetail($id: ID!, $showImages: Boolean) {
    message(id: $id) {
      id
      row { ...RowFields }
      messageId
      from { name address }
      sender { name address }
      to { name address }
      cc { name address }
      bcc { name address }
      replyTo { name address }
      sentAt
      body(showImages: $showImages) { html text blockedImages offersImages hasQuote isTruncated isDarkFriendly }
      attachments { part name contentType sizeBytes isInline url preview }
      attachmentCount
      origin { standing fromDomain isSignedByDomain isSentByDomain signers }
      unsubscribe { way target leftAt }
      senderLook { ownColours hideImages }
      thread { ...RowFields }
      deliveryReports { address action status reporter diagnostic isVerified reportedAt }
    }
  }
`);

export const ConversationQuery = graphql(`
  query Conversation($messageId: ID!) {
    conversation(messageId: $messageId) { ...RowFields }
  }
`);

export const AccountChangedSubscription = graphql(`
  subscription AccountChanged {
    accountChanged {
      modseq
      mailboxIds
      mailboxes { ...MailboxFields }
      isMailboxListChanged
      submissions { id state releaseAt subject toText error }
      bulkActs { ...BulkActFields }
    }
  }
`);

export const TrustSenderMutation = graphql(`
  mutation TrustSender($address: String!, $trusted: Boolean!) {
    trustSender(address: $address, trusted: $trusted)
  }
`);

export const CreateMailboxMutation = graphql(`
  mutation CreateMailbox($path: String!) {
    createMailbox(path: $path) { ...MailboxFields }
  }
`);

export const RenameMailboxMutation = graphql(`
  mutation RenameMailbox($id: ID!, $path: String!) {
    renameMailbox(id: $id, path: $path) { ...MailboxFields }
  }
`);

export const DeleteMailboxMutation = graphql(`
  mutation DeleteMailbox($id: ID!) {
    deleteMailbox(id: $id)
  }
`);
