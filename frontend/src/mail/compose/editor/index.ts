/** The editor: the only part that knows ProseMirror and DOMPurify, loaded when a composer opens. */
export type { Format, FormatState } from "./commands";
export { createEditor, type EditorHandle, type EditorOptions } from "./createEditor";
export type { TakePicture } from "./paste";
export { plainOf } from "./plainText";
