/** Writing mail. */
export { hasUnsavedDrafts, openCompose } from "./composers";
export { ComposeHost } from "./host";
export { TextEditor } from "./TextEditor";
