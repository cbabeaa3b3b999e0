/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment ViewerFields on Viewer {\n    id\n    name\n    address\n    role\n    permissions\n    domain { id name }\n    quota { usedBytes limitBytes }\n    identities { name address }\n    undoSeconds\n    maxMessageBytes\n  }\n": typeof types.ViewerFieldsFragmentDoc,
    "\n  query Session {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n  }\n": typeof types.SessionDocument,
    "\n  mutation SignIn($login: String!, $password: String!) {\n    signIn(login: $login, password: $password) { viewer { ...ViewerFields } }\n  }\n": typeof types.SignInDocument,
    "\n  mutation SignOut {\n    signOut\n  }\n": typeof types.SignOutDocument,
    "\n  fragment DraftFields on Draft {\n    id\n    from { name address }\n    to { name address }\n    cc { name address }\n    bcc { name address }\n    subject\n    html\n    text\n    attachments { id name contentType sizeBytes contentId }\n    inReplyTo\n    forwardOf\n    savedAt\n  }\n": typeof types.DraftFieldsFragmentDoc,
    "\n  mutation SaveDraft($input: DraftInput!) {\n    saveDraft(input: $input) { id attachments { id name contentType sizeBytes contentId } savedAt }\n  }\n": typeof types.SaveDraftDocument,
    "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n": typeof types.DiscardDraftDocument,
    "\n  mutation SubmitDraft($id: ID!) {\n    submitDraft(id: $id) { id releaseAt state }\n  }\n": typeof types.SubmitDraftDocument,
    "\n  mutation CancelSubmission($id: ID!) {\n    cancelSubmission(id: $id) { ...DraftFields }\n  }\n": typeof types.CancelSubmissionDocument,
    "\n  query DraftToEdit($id: ID!) {\n    message(id: $id) { id draft { ...DraftFields } }\n  }\n": typeof types.DraftToEditDocument,
    "\n  query OriginalToAnswer($id: ID!) {\n    message(id: $id) {\n      id\n      row { subject receivedAt }\n      from { name address }\n      to { name address }\n      cc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: false) { html }\n      attachments { part name contentType sizeBytes isInline }\n    }\n  }\n": typeof types.OriginalToAnswerDocument,
    "\n  query Suggestions($text: String!) {\n    suggestions(text: $text, limit: 8) { name address source }\n  }\n": typeof types.SuggestionsDocument,
    "\n  fragment RowFields on MessageRow {\n    id\n    mailboxId\n    threadId\n    threadCount\n    from { name address }\n    toText\n    subject\n    preview\n    receivedAt\n    sizeBytes\n    isSeen\n    isFlagged\n    isAnswered\n    isForwarded\n    isDraft\n    keywords\n    hasAttachments\n  }\n": typeof types.RowFieldsFragmentDoc,
    "\n  fragment MailboxFields on Mailbox {\n    id\n    path\n    name\n    parentId\n    specialUse\n    total\n    unread\n    modseq\n  }\n": typeof types.MailboxFieldsFragmentDoc,
    "\n  query Mailboxes {\n    mailboxes { ...MailboxFields }\n  }\n": typeof types.MailboxesDocument,
    "\n  query View($mailboxId: ID, $search: String, $sort: MessageSort!, $offset: Int!, $limit: Int!) {\n    view(mailboxId: $mailboxId, search: $search, sort: $sort, offset: $offset, limit: $limit) {\n      total\n      state\n      offset\n      rows { ...RowFields }\n    }\n  }\n": typeof types.ViewDocument,
    "\n  query ViewChanges($mailboxId: ID!, $since: Long!, $sort: MessageSort!) {\n    viewChanges(mailboxId: $mailboxId, since: $since, sort: $sort) {\n      state\n      total\n      isReset\n      removed\n      added { index row { ...RowFields } }\n      updated { ...RowFields }\n      mailboxes { ...MailboxFields }\n    }\n  }\n": typeof types.ViewChangesDocument,
    "\n  mutation UpdateMessages($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) {\n      state\n      failed { id message }\n      mailboxes { ...MailboxFields }\n    }\n  }\n": typeof types.UpdateMessagesDocument,
    "\n  query MessageDetail($id: ID!, $showImages: Boolean) {\n    message(id: $id) {\n      id\n      row { ...RowFields }\n      messageId\n      from { name address }\n      sender { name address }\n      to { name address }\n      cc { name address }\n      bcc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: $showImages) { html text blockedImages hasQuote isTruncated isDarkFriendly }\n      attachments { part name contentType sizeBytes isInline url }\n      thread { ...RowFields }\n    }\n  }\n": typeof types.MessageDetailDocument,
    "\n  query MessageHeaders($id: ID!) {\n    message(id: $id) { id headers }\n  }\n": typeof types.MessageHeadersDocument,
    "\n  subscription AccountChanged {\n    accountChanged {\n      modseq\n      mailboxIds\n      mailboxes { ...MailboxFields }\n      isMailboxListChanged\n      submissions { id state releaseAt subject toText error }\n    }\n  }\n": typeof types.AccountChangedDocument,
    "\n  mutation TrustSender($address: String!, $trusted: Boolean!) {\n    trustSender(address: $address, trusted: $trusted)\n  }\n": typeof types.TrustSenderDocument,
    "\n  mutation CreateMailbox($path: String!) {\n    createMailbox(path: $path) { ...MailboxFields }\n  }\n": typeof types.CreateMailboxDocument,
    "\n  mutation RenameMailbox($id: ID!, $path: String!) {\n    renameMailbox(id: $id, path: $path) { ...MailboxFields }\n  }\n": typeof types.RenameMailboxDocument,
    "\n  mutation DeleteMailbox($id: ID!) {\n    deleteMailbox(id: $id)\n  }\n": typeof types.DeleteMailboxDocument,
    "\n  mutation EmptyMailbox($id: ID!) {\n    emptyMailbox(id: $id)\n  }\n": typeof types.EmptyMailboxDocument,
    "\n  mutation SetUp($input: SetUpInput!) {\n    setUp(input: $input) {\n      viewer { address }\n      domain { id name displayName dnsRecords { name type value purpose } }\n    }\n  }\n": typeof types.SetUpDocument,
};
const documents: Documents = {
    "\n  fragment ViewerFields on Viewer {\n    id\n    name\n    address\n    role\n    permissions\n    domain { id name }\n    quota { usedBytes limitBytes }\n    identities { name address }\n    undoSeconds\n    maxMessageBytes\n  }\n": types.ViewerFieldsFragmentDoc,
    "\n  query Session {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n  }\n": types.SessionDocument,
    "\n  mutation SignIn($login: String!, $password: String!) {\n    signIn(login: $login, password: $password) { viewer { ...ViewerFields } }\n  }\n": types.SignInDocument,
    "\n  mutation SignOut {\n    signOut\n  }\n": types.SignOutDocument,
    "\n  fragment DraftFields on Draft {\n    id\n    from { name address }\n    to { name address }\n    cc { name address }\n    bcc { name address }\n    subject\n    html\n    text\n    attachments { id name contentType sizeBytes contentId }\n    inReplyTo\n    forwardOf\n    savedAt\n  }\n": types.DraftFieldsFragmentDoc,
    "\n  mutation SaveDraft($input: DraftInput!) {\n    saveDraft(input: $input) { id attachments { id name contentType sizeBytes contentId } savedAt }\n  }\n": types.SaveDraftDocument,
    "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n": types.DiscardDraftDocument,
    "\n  mutation SubmitDraft($id: ID!) {\n    submitDraft(id: $id) { id releaseAt state }\n  }\n": types.SubmitDraftDocument,
    "\n  mutation CancelSubmission($id: ID!) {\n    cancelSubmission(id: $id) { ...DraftFields }\n  }\n": types.CancelSubmissionDocument,
    "\n  query DraftToEdit($id: ID!) {\n    message(id: $id) { id draft { ...DraftFields } }\n  }\n": types.DraftToEditDocument,
    "\n  query OriginalToAnswer($id: ID!) {\n    message(id: $id) {\n      id\n      row { subject receivedAt }\n      from { name address }\n      to { name address }\n      cc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: false) { html }\n      attachments { part name contentType sizeBytes isInline }\n    }\n  }\n": types.OriginalToAnswerDocument,
    "\n  query Suggestions($text: String!) {\n    suggestions(text: $text, limit: 8) { name address source }\n  }\n": types.SuggestionsDocument,
    "\n  fragment RowFields on MessageRow {\n    id\n    mailboxId\n    threadId\n    threadCount\n    from { name address }\n    toText\n    subject\n    preview\n    receivedAt\n    sizeBytes\n    isSeen\n    isFlagged\n    isAnswered\n    isForwarded\n    isDraft\n    keywords\n    hasAttachments\n  }\n": types.RowFieldsFragmentDoc,
    "\n  fragment MailboxFields on Mailbox {\n    id\n    path\n    name\n    parentId\n    specialUse\n    total\n    unread\n    modseq\n  }\n": types.MailboxFieldsFragmentDoc,
    "\n  query Mailboxes {\n    mailboxes { ...MailboxFields }\n  }\n": types.MailboxesDocument,
    "\n  query View($mailboxId: ID, $search: String, $sort: MessageSort!, $offset: Int!, $limit: Int!) {\n    view(mailboxId: $mailboxId, search: $search, sort: $sort, offset: $offset, limit: $limit) {\n      total\n      state\n      offset\n      rows { ...RowFields }\n    }\n  }\n": types.ViewDocument,
    "\n  query ViewChanges($mailboxId: ID!, $since: Long!, $sort: MessageSort!) {\n    viewChanges(mailboxId: $mailboxId, since: $since, sort: $sort) {\n      state\n      total\n      isReset\n      removed\n      added { index row { ...RowFields } }\n      updated { ...RowFields }\n      mailboxes { ...MailboxFields }\n    }\n  }\n": types.ViewChangesDocument,
    "\n  mutation UpdateMessages($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) {\n      state\n      failed { id message }\n      mailboxes { ...MailboxFields }\n    }\n  }\n": types.UpdateMessagesDocument,
    "\n  query MessageDetail($id: ID!, $showImages: Boolean) {\n    message(id: $id) {\n      id\n      row { ...RowFields }\n      messageId\n      from { name address }\n      sender { name address }\n      to { name address }\n      cc { name address }\n      bcc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: $showImages) { html text blockedImages hasQuote isTruncated isDarkFriendly }\n      attachments { part name contentType sizeBytes isInline url }\n      thread { ...RowFields }\n    }\n  }\n": types.MessageDetailDocument,
    "\n  query MessageHeaders($id: ID!) {\n    message(id: $id) { id headers }\n  }\n": types.MessageHeadersDocument,
    "\n  subscription AccountChanged {\n    accountChanged {\n      modseq\n      mailboxIds\n      mailboxes { ...MailboxFields }\n      isMailboxListChanged\n      submissions { id state releaseAt subject toText error }\n    }\n  }\n": types.AccountChangedDocument,
    "\n  mutation TrustSender($address: String!, $trusted: Boolean!) {\n    trustSender(address: $address, trusted: $trusted)\n  }\n": types.TrustSenderDocument,
    "\n  mutation CreateMailbox($path: String!) {\n    createMailbox(path: $path) { ...MailboxFields }\n  }\n": types.CreateMailboxDocument,
    "\n  mutation RenameMailbox($id: ID!, $path: String!) {\n    renameMailbox(id: $id, path: $path) { ...MailboxFields }\n  }\n": types.RenameMailboxDocument,
    "\n  mutation DeleteMailbox($id: ID!) {\n    deleteMailbox(id: $id)\n  }\n": types.DeleteMailboxDocument,
    "\n  mutation EmptyMailbox($id: ID!) {\n    emptyMailbox(id: $id)\n  }\n": types.EmptyMailboxDocument,
    "\n  mutation SetUp($input: SetUpInput!) {\n    setUp(input: $input) {\n      viewer { address }\n      domain { id name displayName dnsRecords { name type value purpose } }\n    }\n  }\n": types.SetUpDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ViewerFields on Viewer {\n    id\n    name\n    address\n    role\n    permissions\n    domain { id name }\n    quota { usedBytes limitBytes }\n    identities { name address }\n    undoSeconds\n    maxMessageBytes\n  }\n"): typeof import('./graphql').ViewerFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Session {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n  }\n"): typeof import('./graphql').SessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($login: String!, $password: String!) {\n    signIn(login: $login, password: $password) { viewer { ...ViewerFields } }\n  }\n"): typeof import('./graphql').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    signOut\n  }\n"): typeof import('./graphql').SignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DraftFields on Draft {\n    id\n    from { name address }\n    to { name address }\n    cc { name address }\n    bcc { name address }\n    subject\n    html\n    text\n    attachments { id name contentType sizeBytes contentId }\n    inReplyTo\n    forwardOf\n    savedAt\n  }\n"): typeof import('./graphql').DraftFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveDraft($input: DraftInput!) {\n    saveDraft(input: $input) { id attachments { id name contentType sizeBytes contentId } savedAt }\n  }\n"): typeof import('./graphql').SaveDraftDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n"): typeof import('./graphql').DiscardDraftDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubmitDraft($id: ID!) {\n    submitDraft(id: $id) { id releaseAt state }\n  }\n"): typeof import('./graphql').SubmitDraftDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelSubmission($id: ID!) {\n    cancelSubmission(id: $id) { ...DraftFields }\n  }\n"): typeof import('./graphql').CancelSubmissionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DraftToEdit($id: ID!) {\n    message(id: $id) { id draft { ...DraftFields } }\n  }\n"): typeof import('./graphql').DraftToEditDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OriginalToAnswer($id: ID!) {\n    message(id: $id) {\n      id\n      row { subject receivedAt }\n      from { name address }\n      to { name address }\n      cc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: false) { html }\n      attachments { part name contentType sizeBytes isInline }\n    }\n  }\n"): typeof import('./graphql').OriginalToAnswerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Suggestions($text: String!) {\n    suggestions(text: $text, limit: 8) { name address source }\n  }\n"): typeof import('./graphql').SuggestionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RowFields on MessageRow {\n    id\n    mailboxId\n    threadId\n    threadCount\n    from { name address }\n    toText\n    subject\n    preview\n    receivedAt\n    sizeBytes\n    isSeen\n    isFlagged\n    isAnswered\n    isForwarded\n    isDraft\n    keywords\n    hasAttachments\n  }\n"): typeof import('./graphql').RowFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MailboxFields on Mailbox {\n    id\n    path\n    name\n    parentId\n    specialUse\n    total\n    unread\n    modseq\n  }\n"): typeof import('./graphql').MailboxFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Mailboxes {\n    mailboxes { ...MailboxFields }\n  }\n"): typeof import('./graphql').MailboxesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query View($mailboxId: ID, $search: String, $sort: MessageSort!, $offset: Int!, $limit: Int!) {\n    view(mailboxId: $mailboxId, search: $search, sort: $sort, offset: $offset, limit: $limit) {\n      total\n      state\n      offset\n      rows { ...RowFields }\n    }\n  }\n"): typeof import('./graphql').ViewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ViewChanges($mailboxId: ID!, $since: Long!, $sort: MessageSort!) {\n    viewChanges(mailboxId: $mailboxId, since: $since, sort: $sort) {\n      state\n      total\n      isReset\n      removed\n      added { index row { ...RowFields } }\n      updated { ...RowFields }\n      mailboxes { ...MailboxFields }\n    }\n  }\n"): typeof import('./graphql').ViewChangesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateMessages($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) {\n      state\n      failed { id message }\n      mailboxes { ...MailboxFields }\n    }\n  }\n"): typeof import('./graphql').UpdateMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MessageDetail($id: ID!, $showImages: Boolean) {\n    message(id: $id) {\n      id\n      row { ...RowFields }\n      messageId\n      from { name address }\n      sender { name address }\n      to { name address }\n      cc { name address }\n      bcc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: $showImages) { html text blockedImages hasQuote isTruncated isDarkFriendly }\n      attachments { part name contentType sizeBytes isInline url }\n      thread { ...RowFields }\n    }\n  }\n"): typeof import('./graphql').MessageDetailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MessageHeaders($id: ID!) {\n    message(id: $id) { id headers }\n  }\n"): typeof import('./graphql').MessageHeadersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription AccountChanged {\n    accountChanged {\n      modseq\n      mailboxIds\n      mailboxes { ...MailboxFields }\n      isMailboxListChanged\n      submissions { id state releaseAt subject toText error }\n    }\n  }\n"): typeof import('./graphql').AccountChangedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TrustSender($address: String!, $trusted: Boolean!) {\n    trustSender(address: $address, trusted: $trusted)\n  }\n"): typeof import('./graphql').TrustSenderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateMailbox($path: String!) {\n    createMailbox(path: $path) { ...MailboxFields }\n  }\n"): typeof import('./graphql').CreateMailboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameMailbox($id: ID!, $path: String!) {\n    renameMailbox(id: $id, path: $path) { ...MailboxFields }\n  }\n"): typeof import('./graphql').RenameMailboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteMailbox($id: ID!) {\n    deleteMailbox(id: $id)\n  }\n"): typeof import('./graphql').DeleteMailboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EmptyMailbox($id: ID!) {\n    emptyMailbox(id: $id)\n  }\n"): typeof import('./graphql').EmptyMailboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetUp($input: SetUpInput!) {\n    setUp(input: $input) {\n      viewer { address }\n      domain { id name displayName dnsRecords { name type value purpose } }\n    }\n  }\n"): typeof import('./graphql').SetUpDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
