/** Questions and orders of the composer to the server. */
import { graphql, type ResultOf } from "@/api";

export const DraftFields = graphql(`
  fragment DraftFields on Draft {
    id
    from { name address }
    to { name address }
    cc { name address }
    bcc { name address }
    subject
    html
    text
    attachments { id name contentType sizeBytes contentId }
    inReplyTo
    forwardOf
    savedAt
    key
    writer
  }
`);

export const SaveDraftMutation = graphql(`
  mutation SaveDraft($input: DraftInput!) {
    saveDraft(input: $input) { id attachments { id name contentType sizeBytes contentId } savedAt }
  }
`);

/** For who never heard whether it was saved, or finds it gone. */
export const DraftFateQuery = graphql(`
  query DraftFate($key: String!) {
    draftFate(key: $key) { draft { ...DraftFields } sendAt sentAt }
  }
`);

/** Whether a draft is still there, and does not wait to be sent. */
export const DraftStandsQuery = graphql(`
  query DraftStands($id: ID!) {
    message(id: $id) { id row { id timer { dueAt } } }
  }
`);

export const DiscardDraftMutation = graphql(`
  mutation DiscardDraft($id: ID!) {
    discardDraft(id: $id)
  }
`);

export const SubmitDraftMutation = graphql(`
  mutation SubmitDraft($id: ID!, $remindDays: Int) {
    submitDraft(id: $id, remindDays: $remindDays) { id releaseAt state }
  }
`);

export const CancelSubmissionMutation = graphql(`
  mutation CancelSubmission($id: ID!) {
    cancelSubmission(id: $id) { ...DraftFields }
  }
`);

export const DraftQuery = graphql(`
  query DraftToEdit($id: ID!) {
    message(id: $id) { id draft { ...DraftFields } }
  }
`);

/** What an answer needs of its original; remote pictures are held back so that their addresses are there. */
export const OriginalQuery = graphql(`
  query OriginalToAnswer($id: ID!, $isPlain: Boolean! = false) {
    message(id: $id) {
      id
      row { subject receivedAt }
      from { name address }
      to { name address }
      cc { name address }
      replyTo { name address }
      sentAt
      body(showImages: false) { html text @include(if: $isPlain) }
      attachments { part name contentType sizeBytes isInline }
    }
  }
`);

/** The pictures of an original: as they are named, and by way of our server where its reader sees them. */
export const ShownPicturesQuery = graphql(`
  query ShownPictures($id: ID!) {
    message(id: $id) {
      id
      held: body(showImages: false) { html }
      shown: body { html }
    }
  }
`);

/** What a message is as a file of another one. */
export const MessageToAttachQuery = graphql(`
  query MessageToAttach($id: ID!) {
    message(id: $id) { id row { subject sizeBytes } }
  }
`);

export const SuggestionsQuery = graphql(`
  query Suggestions($text: String!) {
    suggestions(text: $text, limit: 8) { name address source }
  }
`);

export const SignaturesQuery = graphql(`
  query SignaturesToUse {
    signatures { id name html }
  }
`);

export const TemplatesQuery = graphql(`
  query TemplatesToUse {
    templates { id name subject html }
  }
`);

export const CreateTemplateMutation = graphql(`
  mutation SaveAsTemplate($input: TemplateInput!) {
    createTemplate(input: $input) { id name }
  }
`);

export const HideSuggestionMutation = graphql(`
  mutation HideSuggestion($address: String!) {
    hideSuggestion(address: $address)
  }
`);

export const FileLinkLimitsQuery = graphql(`
  query FileLinkLimits {
    fileLinkLimits { maxBytes offerBytes maxDays }
  }
`);

export const FileLinkPasswordMutation = graphql(`
  mutation SetFileLinkPassword($id: ID!, $password: String!) {
    setFileLinkPassword(id: $id, password: $password)
  }
`);

export type FileLinkLimits = ResultOf<typeof FileLinkLimitsQuery>["fileLinkLimits"];
export type Template = ResultOf<typeof TemplatesQuery>["templates"][number];
export type Original = NonNullable<ResultOf<typeof OriginalQuery>["message"]>;
export type Attached = NonNullable<ResultOf<typeof MessageToAttachQuery>["message"]>;
export type ServerDraft = NonNullable<NonNullable<ResultOf<typeof DraftQuery>["message"]>["draft"]>;
