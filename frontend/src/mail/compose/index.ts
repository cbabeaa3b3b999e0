/** Writing mail. */
export { ComposePage } from "./ComposePage";
export { openCompose } from "./composers";
export { ComposeHost } from "./host";
export { TextEditor } from "./TextEditor";
