/** What is done with mail that arrives: filters, blocked senders. */
export { ApplyDialog } from "./filters/ApplyDialog";
export type { Folder } from "./filters/documents";
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
export { useFolderName, useFolders } from "./filters/useFolders";
export { blockSender } from "./senders/blocking";
export { AddSenderMutation, RemoveSenderMutation, SenderListsQuery } from "./senders/documents";
