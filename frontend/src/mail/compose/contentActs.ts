/** What is put into a message, or made of it, whether it has formats or is plain text. */
import { withoutUnseen } from "./attachments";
import type { Composer } from "./composer";
import { textOf } from "./plain";
import { textToHtml } from "./quote";

/** Puts a line at the cursor; in plain text before everything. */
export function insertLine(composer: Composer, { html, text }: { html: string; text: string }): void {
  const { content } = composer.get();
  if (content.text !== null) composer.edit({ text: `${text}${content.text}` });
  else if (composer.editor !== undefined) composer.editor.insertLine(html);
  else composer.edit({ html: html + content.html });
}

/** Puts a template at the cursor, and its subject where there is none. */
export async function insertTemplate(
  composer: Composer,
  { subject, html }: { subject: string; html: string },
): Promise<void> {
  const { content } = composer.get();
  if (content.subject.trim() === "" && subject !== "") composer.edit({ subject });
  if (content.text === null) {
    composer.editor?.insertHtml(html);
    return;
  }
  const text = await textOf(html);
  composer.edit({ text: `${text}\n${composer.get().content.text ?? ""}` });
}

/** Before it is sent, when no picture is brought back into the text any more. */
export function leaveOutUnseen(composer: Composer): void {
  const { text, html, attachments } = composer.collect();
  const seen = text === null ? withoutUnseen(attachments, html) : attachments;
  if (seen.length < attachments.length) composer.edit({ attachments: seen });
}

/** Goes on as plain text, or with formats again. */
export async function setPlain(composer: Composer, isPlain: boolean): Promise<void> {
  const content = composer.collect();
  const text = isPlain ? await textOf(content.html) : null;
  const html = isPlain ? content.html : textToHtml(content.text ?? "");
  // A picture of the text becomes a file beside it.
  const attachments = isPlain
    ? content.attachments.map((file) => ({ ...file, contentId: null }))
    : content.attachments;
  composer.edit({ text, html, attachments });
}
