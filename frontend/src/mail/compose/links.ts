/** Files that are too large to be attached: uploaded by themselves, sent as a link. */
import { t } from "@lingui/core/macro";
import { request, type UploadOptions, uploadTo } from "@/api";
import { formatBytes } from "@/lib/bytes";
import { shortDate } from "@/lib/dates";
import { FileLinkPasswordMutation } from "./documents";
import { escapeHtml } from "./quote";

export type MadeLink = { id: string; name: string; size: number; url: string; expiresAt: string };
export type LinkChoice = { days: number; password: string };

/** Uploads a file and answers its address. */
export async function makeLink(
  file: File,
  { days, password }: LinkChoice,
  options: UploadOptions,
): Promise<MadeLink> {
  const made = await uploadTo("/files/links", file, isLink, {
    ...options,
    headers: { "X-Days": String(days) },
  });
  if (password !== "") await request(FileLinkPasswordMutation, { id: made.id, password });
  return made;
}

function isLink(value: unknown): value is MadeLink {
  return (
    typeof value === "object" && value !== null && "url" in value && "expiresAt" in value && "id" in value
  );
}

/** The line of the message that leads to the file. */
export function lineOf({ name, size, url, expiresAt }: MadeLink): { html: string; text: string } {
  const bytes = formatBytes(size);
  const until = shortDate(expiresAt);
  const note = t`${bytes}, until ${until}`;
  return {
    html: `<div><a href="${escapeHtml(url)}">${escapeHtml(name)}</a> (${escapeHtml(note)})</div>`,
    text: `${name} (${note}):\n${url}\n`,
  };
}
