/**
 * A message, or a whole conversation, on paper: header fields and text in the message's own colours.
 *
 * The page that is printed is a frame of its own without scripts; each message stands in a shadow tree, so that
 * its styles reach nothing else. Remote images are printed where they are shown.
 */
import { t } from "@lingui/core/macro";
import { fullAddress, type Person } from "@/lib/addresses";
import { formatBytes } from "@/lib/bytes";
import { fullTime } from "@/lib/dates";
import { toast } from "@/ui";
import { mailStore } from "../mailStore";
import { subjectOf } from "../names";
import type { MessageDetail } from "../store/types";
import { framePolicy, messageStyles, trusted } from "./frameDocument";

const IMAGES_MS = 10_000;

const paper = `
@page { margin: 18mm 16mm; }
html { color: #111; background: #fff; }
body { margin: 0; font: 11pt/1.5 Georgia, "Times New Roman", serif; }
h1 { margin: 0 0 6mm; font-size: 18pt; font-weight: 500; line-height: 1.2; overflow-wrap: anywhere; }
article + article { margin-top: 9mm; padding-top: 6mm; border-top: .4pt solid #999; }
dl { display: grid; grid-template-columns: 28mm 1fr; gap: 1mm 3mm; margin: 0 0 5mm; padding-bottom: 3mm; border-bottom: .4pt solid #ccc; font: 9.5pt/1.45 system-ui, sans-serif; break-inside: avoid; }
dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; }
`;

/** Prints these messages, in this order. */
export async function printMessages(ids: readonly string[]): Promise<void> {
  try {
    const found = await Promise.all(ids.map((id) => mailStore.bodies.fetch(id)));
    const details = found.filter((detail): detail is MessageDetail => detail !== null);
    if (details.length > 0) await printDocument(printedPage(details));
  } catch (error) {
    toast({ text: error instanceof Error ? error.message : t`This could not be printed.`, tone: "danger" });
  }
}

/** The whole page as text. */
export function printedPage(details: readonly MessageDetail[]): string {
  const title = asText(subjectOf(details[0]?.row ?? { subject: "" }));
  const articles = details.map((detail) => {
    const subject = subjectOf(detail.row);
    const fields = fieldsOf(detail)
      .filter(([, value]) => value !== "")
      .map(([label, value]) => `<dt>${asText(label)}</dt><dd>${asText(value)}</dd>`)
      .join("");
    const own = asText(subject) === title ? "" : `<h1>${asText(subject)}</h1>`;
    // The text is the server's cleaned HTML: balanced, and without templates that could end this one.
    return `<article>${own}<dl>${fields}</dl><div><template shadowrootmode="open"><style>:host { all: initial; font: 11pt/1.5 Georgia, serif; } ${messageStyles}</style>${detail.body.html}</template></div></article>`;
  });
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${framePolicy}"><meta name="referrer" content="no-referrer"><title>${title}</title><style>${paper}</style></head><body><h1>${title}</h1>${articles.join("")}</body></html>`;
}

function fieldsOf(detail: MessageDetail): [string, string][] {
  const list = (people: readonly Person[]) => people.map(fullAddress).join(", ");
  const files = detail.attachments.filter((file) => !file.isInline);
  const more = detail.attachmentCount - detail.attachments.length;
  const names = files.map((file) => `${file.name} (${formatBytes(file.sizeBytes)})`);
  return [
    [t`From`, list(detail.from)],
    [t`To`, list(detail.to)],
    [t`Cc`, list(detail.cc)],
    [t`Date`, fullTime(detail.sentAt ?? detail.row.receivedAt)],
    [t`Attachments`, (more > 0 ? [...names, t`${more} more`] : names).join(", ")],
  ];
}

function asText(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

async function printDocument(text: string): Promise<void> {
  const frame = document.createElement("iframe");
  // Printing is a modal of the frame; scripts stay forbidden.
  frame.setAttribute("sandbox", "allow-same-origin allow-modals");
  frame.setAttribute("aria-hidden", "true");
  frame.title = t`Print`;
  frame.tabIndex = -1;
  frame.dataset.print = "";
  frame.style.cssText =
    "position:fixed;inset-inline-start:-10000px;inline-size:794px;block-size:1123px;border:0";
  const loaded = new Promise<void>((resolve) => {
    frame.onload = () => resolve();
    setTimeout(resolve, IMAGES_MS);
  });
  for (const old of document.querySelectorAll("iframe[data-print]")) old.remove();
  frame.srcdoc = trusted(text);
  document.body.append(frame);
  await loaded;
  const view = frame.contentWindow;
  if (view === null) return;
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove(), 0), { once: true });
  view.print();
}
