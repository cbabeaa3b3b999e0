/** Writing mail. */
export { ComposeHost, hasUnsavedDrafts, openCompose } from "./host";
