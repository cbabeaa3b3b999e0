/** The editor's code: asked for once, and there at once from then on. */
type EditorCode = typeof import("./editor");

let here: EditorCode | undefined;

export function editorHere(): EditorCode | undefined {
  return here;
}

export async function loadEditor(): Promise<EditorCode> {
  here ??= await import("./editor");
  return here;
}
