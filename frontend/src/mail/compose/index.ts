/** Writing mail. */
export { ComposePage } from "./ComposePage";
export { openCompose, prepareToWrite } from "./composers";
export { ComposeHost } from "./host";
export { TextEditor } from "./TextEditor";
