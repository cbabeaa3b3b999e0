/**
 * The message that is answered or forwarded, as part of the new one.
 *
 * The original's HTML goes in verbatim, inside an element marked `data-quoted`, which the editor keeps as one
 * piece. It comes from the server with pictures of the message as paths and remote ones held back: both get
 * their outside form again.
 */
import { fullAddress, type Person } from "@/lib/addresses";

export type QuotedFile = { part: string; name: string; contentType: string; sizeBytes: number };
export type QuotedHtml = {
  html: string;
  /** Pictures of the original that the quote shows, with the content ids it names them by. */
  pictures: (QuotedFile & { contentId: string })[];
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Puts `cid:` for the message's own pictures, and the addresses of remote ones back. */
export function restoreSources(html: string, messageId: string, files: readonly QuotedFile[]): QuotedHtml {
  const used = new Map<string, QuotedFile & { contentId: string }>();
  const restored = html
    .replace(/\bdata-blocked-src=/g, "src=")
    .replace(/(["'])\/files\/(\d+)\/([\d.]+)\?inline=1\1/g, (_, quote: string, id: string, part: string) => {
      const file = id === messageId ? files.find((one) => one.part === part) : undefined;
      // A picture that is none of its files would lead into this house, where its readers may not go.
      if (file === undefined) return `${quote}${quote}`;
      const contentId = `${messageId}.${part}@quoted`;
      used.set(part, { ...file, contentId });
      return `${quote}cid:${contentId}${quote}`;
    });
  return { html: restored, pictures: [...used.values()] };
}

export const emptyLine = "<div><br></div>";
const cite = "margin:0 0 0 4px;padding-left:12px;border-left:2px solid #c9c7c2";

/** An empty line to write in, who wrote when, and the original. */
export function replyHtml(attribution: string, original: string): string {
  return `${emptyLine}${emptyLine}<div>${escapeHtml(attribution)}</div>${quoteOf(original)}`;
}

/** Puts a signature before the words that introduce the original, or at the end. */
export function signHtml(html: string, signature: { id: string; html: string }): string {
  const block = `<div data-signature="${escapeHtml(signature.id)}">${signature.html}</div>`;
  const begin = emptyLine + emptyLine;
  if (!html.startsWith(begin)) return `${html}${emptyLine}${block}`;
  return `${begin}${block}${emptyLine}${html.slice(begin.length)}`;
}

/** The element that holds an original verbatim. */
export function quoteOf(original: string): string {
  return `<blockquote data-quoted="reply" type="cite" style="${cite}">${original}</blockquote>`;
}

export type ForwardLabels = {
  title: string;
  from: string;
  date: string;
  subject: string;
  to: string;
  cc: string;
};
export type ForwardHead = {
  from: readonly Person[];
  to: readonly Person[];
  cc: readonly Person[];
  subject: string;
  date: string;
};

/** The head of a forwarded message in words. */
export function forwardLines(labels: ForwardLabels, head: ForwardHead): string[] {
  const people = (list: readonly Person[]) => list.map(fullAddress).join(", ");
  return [
    labels.title,
    `${labels.from} ${people(head.from)}`,
    `${labels.date} ${head.date}`,
    `${labels.subject} ${head.subject}`,
    `${labels.to} ${people(head.to)}`,
    ...(head.cc.length > 0 ? [`${labels.cc} ${people(head.cc)}`] : []),
  ];
}

/** An empty line to write in, the original's head in words, and the original. */
export function forwardHtml(labels: ForwardLabels, head: ForwardHead, original: string): string {
  const lines = forwardLines(labels, head).map((line) => `<div>${escapeHtml(line)}</div>`);
  return `${emptyLine}${emptyLine}${lines.join("")}${emptyLine}<div data-quoted="forward">${original}</div>`;
}

/** Plain text as the lines of a message. */
export function textToHtml(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => (line === "" ? emptyLine : `<div>${escapeHtml(line)}</div>`))
    .join("");
}

/** Text as an original that is answered: each line behind a mark. */
export function quoteLines(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\s+$/, "")
    .split("\n")
    .map((line) => (line.startsWith(">") ? `>${line}` : line === "" ? ">" : `> ${line}`))
    .join("\n");
}
