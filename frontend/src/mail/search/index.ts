/** What the search field needs once somebody searches; one lazy chunk. */
export { rememberSearch } from "./recent";
export { SearchChips } from "./SearchChips";
export { SuggestionList } from "./SuggestionList";
export { type Suggestion, suggest } from "./suggest";
