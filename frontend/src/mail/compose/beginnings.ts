/** How a message begins: empty, as an answer, as a forwarded original, or as a draft taken up again. */
import { t } from "@lingui/core/macro";
import type { ComposeIntent } from "@/app";
import { fullAddress, type Person } from "@/lib/addresses";
import { fullTime } from "@/lib/dates";
import { parseAddresses } from "./addressInput";
import type { Attached, Original, ServerDraft } from "./documents";
import { newKey } from "./key";
import {
  emptyLine,
  forwardHtml,
  forwardLines,
  type QuotedHtml,
  quoteLines,
  replyHtml,
  restoreSources,
  textToHtml,
} from "./quote";
import { replyIdentity, replyRecipients } from "./recipients";
import { forwardSubject, replySubject } from "./subject";
import { type Attachment, type Content, emptyContent } from "./types";

export function newContent(intent: Extract<ComposeIntent, { kind: "new" }>, isPlain: boolean): Content {
  const people = (list: string[] | undefined): Person[] => (list ?? []).flatMap(parseAddresses);
  return {
    ...emptyContent,
    to: people(intent.to),
    cc: people(intent.cc),
    bcc: people(intent.bcc),
    subject: intent.subject ?? "",
    html: textToHtml(intent.text ?? ""),
    text: isPlain ? (intent.text ?? "") : null,
  };
}

export function replyContent(original: Original, own: readonly string[], toAll: boolean): Content {
  const { text } = original.body;
  const quoted = restoreSources(original.body.html, original.id, original.attachments);
  const author = original.from.map(fullAddress).join(", ");
  const date = fullTime(original.sentAt ?? original.row.receivedAt);
  const attribution = t`On ${date}, ${author} wrote:`;
  return {
    ...emptyContent,
    ...replyRecipients(original, own, toAll),
    from: replyIdentity(original, own) ?? null,
    subject: replySubject(original.row.subject),
    html: replyHtml(attribution, quoted.html),
    text: text === undefined ? null : `\n\n${attribution}\n${quoteLines(text)}`,
    attachments: text === undefined ? picturesOf(quoted, original.id) : [],
    inReplyTo: original.id,
  };
}

export function forwardContent(original: Original, own: readonly string[]): Content {
  const quoted = restoreSources(original.body.html, original.id, original.attachments);
  const shown = new Set(quoted.pictures.map((picture) => picture.part));
  // A photo that its program calls inline stands in no text: it would be lost.
  const files = original.attachments
    .filter((file) => !shown.has(file.part))
    .map((file) => attachmentOf(`${original.id}:${file.part}`, file, null));
  const labels = {
    title: t`---------- Forwarded message ----------`,
    from: t`From:`,
    date: t`Date:`,
    subject: t`Subject:`,
    to: t`To:`,
    cc: t`Cc:`,
  };
  const head = {
    ...original,
    subject: original.row.subject,
    date: fullTime(original.sentAt ?? original.row.receivedAt),
  };
  return {
    ...emptyContent,
    from: replyIdentity(original, own) ?? null,
    subject: forwardSubject(original.row.subject),
    html: forwardHtml(labels, head, quoted.html),
    text:
      original.body.text === undefined
        ? null
        : `\n\n${forwardLines(labels, head).join("\n")}\n\n${original.body.text}`,
    attachments: [...files, ...picturesOf(quoted, original.id)].map((file) =>
      original.body.text === undefined ? file : { ...file, contentId: null },
    ),
    forwardOf: original.id,
  };
}

/** Messages as files; what else they are is for their reader to open. */
export function attachContent(messages: readonly Attached[], isPlain: boolean): Content {
  const [first, ...more] = messages;
  return {
    ...emptyContent,
    subject: forwardSubject(first?.row.subject ?? ""),
    html: emptyLine + emptyLine,
    text: isPlain ? "" : null,
    attachments: messages.map(({ id, row: { subject, sizeBytes } }) => {
      const name = `${subject.trim().slice(0, 80) || t`message`}.eml`;
      return attachmentOf(`${id}:message`, { name, contentType: "message/rfc822", sizeBytes }, null);
    }),
    forwardOf: more.length === 0 ? (first?.id ?? null) : null,
  };
}

export function draftContent(draft: ServerDraft): Content {
  return {
    from: draft.from.address || null,
    to: draft.to,
    cc: draft.cc,
    bcc: draft.bcc,
    subject: draft.subject,
    html: draft.html === "" ? textToHtml(draft.text) : draft.html,
    text: draft.html === "" ? draft.text : null,
    attachments: draft.attachments.map((file) => attachmentOf(file.id, file, file.contentId)),
    inReplyTo: draft.inReplyTo,
    forwardOf: draft.forwardOf,
  };
}

function picturesOf(quoted: QuotedHtml, messageId: string): Attachment[] {
  return quoted.pictures.map((picture) =>
    attachmentOf(`${messageId}:${picture.part}`, picture, picture.contentId),
  );
}

function attachmentOf(
  id: string,
  file: { name: string; contentType: string; sizeBytes: number },
  contentId: string | null,
): Attachment {
  const { name, contentType, sizeBytes } = file;
  return {
    key: newKey(),
    id,
    name,
    contentType,
    sizeBytes,
    contentId,
    progress: null,
    error: null,
  };
}
