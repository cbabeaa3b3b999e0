/** What is done with mail that arrives: filters. */
export { ApplyDialog } from "./filters/ApplyDialog";
export {
  CreateFilterMutation,
  type Filter,
  FiltersQuery,
  RemoveFilterMutation,
  ReorderFiltersMutation,
  SetFilterEnabledMutation,
} from "./filters/documents";
export { draftOf, emptyDraft, inputOfFilter } from "./filters/draft";
export { FilterEditor } from "./filters/FilterEditor";
export { FilterFromMessage } from "./filters/FilterFromMessage";
export { FilterList } from "./filters/FilterList";
export { useFolders } from "./filters/useFolders";
