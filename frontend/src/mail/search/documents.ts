/** What helps to search. */
import { graphql } from "@/api";

export const SearchSuggestionsQuery = graphql(`
  query SearchSuggestions($text: String!) {
    searchSuggestions(text: $text) { people { name address } tags files }
  }
`);

export const SavedSearchesQuery = graphql(`
  query SavedSearches {
    savedSearches { id name query }
  }
`);

export const SaveSearchMutation = graphql(`
  mutation SaveSearch($id: ID, $name: String!, $query: String!) {
    saveSearch(id: $id, name: $name, query: $query) { id name query }
  }
`);

export const DeleteSavedSearchMutation = graphql(`
  mutation DeleteSavedSearch($id: ID!) {
    deleteSavedSearch(id: $id)
  }
`);
