/** Questions and orders about filters to the server. */
import { graphql, type ResultOf } from "@/api";

export const FilterFields = graphql(`
  fragment FilterFields on MailFilter {
    id
    name
    isEnabled
    match
    stops
    trouble
    conditions { field relation value header isNegated }
    actions { act mailboxId path keyword addresses }
  }
`);

export const FiltersQuery = graphql(`
  query Filters {
    filters { ...FilterFields }
  }
`);

export const FilterFoldersQuery = graphql(`
  query FilterFolders {
    mailboxes { id path name specialUse total owner parentId }
  }
`);

export const FilterSuggestionQuery = graphql(`
  query FilterSuggestion($messageId: ID!) {
    filterSuggestion(messageId: $messageId) {
      sender senderName senderDomain listId subject detailAddress
    }
  }
`);

export const FilterPreviewQuery = graphql(`
  query FilterPreview(
    $conditions: [FilterConditionInput!]!, $match: FilterMatch!, $everywhere: Boolean!, $first: Int!
  ) {
    filterPreview(conditions: $conditions, match: $match, everywhere: $everywhere, first: $first) {
      lookedAt
      matched
      rows { id from { name address } subject receivedAt }
    }
  }
`);

export const CreateFilterMutation = graphql(`
  mutation CreateFilter($input: FilterInput!, $position: Int) {
    filter: createFilter(input: $input, position: $position) { ...FilterFields }
  }
`);

export const UpdateFilterMutation = graphql(`
  mutation UpdateFilter($id: ID!, $input: FilterInput!) {
    filter: updateFilter(id: $id, input: $input) { ...FilterFields }
  }
`);

export const SetFilterEnabledMutation = graphql(`
  mutation SetFilterEnabled($id: ID!, $isEnabled: Boolean!) {
    setFilterEnabled(id: $id, isEnabled: $isEnabled) { id isEnabled }
  }
`);

export const ReorderFiltersMutation = graphql(`
  mutation ReorderFilters($ids: [ID!]!) {
    reorderFilters(ids: $ids) { id }
  }
`);

export const RemoveFilterMutation = graphql(`
  mutation RemoveFilter($id: ID!) {
    removeFilter(id: $id)
  }
`);

export const ApplyFilterMutation = graphql(`
  mutation ApplyFilter($id: ID!, $mailboxId: ID!, $after: String) {
    step: applyFilter(id: $id, mailboxId: $mailboxId, after: $after) {
      lookedAt
      matched
      next
      moved { mailboxId ids }
      marked { flag ids }
      copied
    }
  }
`);

export const UndoFilterMutation = graphql(`
  mutation UndoFilter($input: UpdateMessagesInput!) {
    updateMessages(input: $input) { failed { id } }
  }
`);

export type Filter = ResultOf<typeof FiltersQuery>["filters"][number];
export type FilterFolders = ResultOf<typeof FilterFoldersQuery>;
export type Folder = FilterFolders["mailboxes"][number];
export type Suggestion = ResultOf<typeof FilterSuggestionQuery>["filterSuggestion"];
export type Preview = ResultOf<typeof FilterPreviewQuery>["filterPreview"];
export type Step = ResultOf<typeof ApplyFilterMutation>["step"];
