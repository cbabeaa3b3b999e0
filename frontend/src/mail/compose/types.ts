/** The nouns of writing mail. */
import type { ErrorCode } from "@/api";
import type { Person } from "@/lib/addresses";
import type { Fate } from "./fate";
import type { SendState } from "./sendState";

export type { Person };
export type RecipientKind = "to" | "cc" | "bcc";

/** A file of a message being written. `id` is an upload, or `message:part`; null until it is on the server. */
export type Attachment = {
  /** Ours, the same for as long as the composer lives; the server's ids change with every save. */
  key: string;
  id: string | null;
  name: string;
  contentType: string;
  sizeBytes: number;
  /** Of a picture inside the text. */
  contentId: string | null;
  /** Share uploaded, null when nothing is under way. */
  progress: number | null;
  error: string | null;
  /** It failed because the server could not be reached: it is tried again when the message is sent. */
  isUnreached?: boolean;
  /** It goes as a link: this is how, and it is gone from the files when the link stands in the text. */
  link?: { days: number; password: string };
  /** Kept until the server has it. */
  file?: File;
};

/** What the author wrote. */
export type Content = {
  /** Address to send from; null is the first identity. */
  from: string | null;
  to: Person[];
  cc: Person[];
  bcc: Person[];
  subject: string;
  html: string;
  /** Given: the message is plain text, and this is all of it. */
  text: string | null;
  attachments: Attachment[];
  inReplyTo: string | null;
  forwardOf: string | null;
};

/** Lines below what is written. */
export type Signature = { id: string; name: string; html: string };

export type Problem = {
  code: ErrorCode | "NO_RECIPIENT" | "BAD_ADDRESS" | "TOO_MANY" | "UPLOAD_FAILED";
  message: string;
  /** What others made of the draft; its author chooses how it goes on. */
  fate?: Fate;
};

/** Everything a composer window shows. */
export type ComposerState = {
  /** Of this window's writing. */
  key: string;
  /** Of the draft, whoever writes on. */
  draftKey: string;
  content: Content;
  /** The draft on the server. */
  serverId: string | null;
  /** Counts changes; equal to `savedVersion` when the server has them all. */
  version: number;
  savedVersion: number;
  savedAt: string | null;
  send: SendState;
  isMinimised: boolean;
  /** Handed to another window, which has yet to say that it has it: nothing can be written here. */
  isLent: boolean;
  isCcShown: boolean;
  isBccShown: boolean;
  /** Those that can be chosen, and the chosen one. */
  signatures: readonly Signature[];
  signatureId: string | null;
  /** Where writing starts. */
  focus: "to" | "body";
};

/** A message as one window gives it to another. */
export type Handed = {
  key: string;
  draftKey: string;
  viewerId: string;
  content: Content;
  serverId: string | null;
  /** The server has all of it. */
  isSaved: boolean;
  savedAt: string | null;
  remindDays: number | null;
  signatureId: string | null;
};

/** How its author sent it: for a time, or at once with so long to take it back. */
export type Order = { undoSeconds: number; sendAt: string | null };

/** Why a message is not being written any more. */
export type Ending =
  | { kind: "closed" }
  | { kind: "discarded" }
  | { kind: "sent"; submissionId: string; undoSeconds: number }
  | { kind: "scheduled"; id: string; sendAt: string }
  /** It was sent while the server could not be reached. */
  | { kind: "waits"; order: Order }
  /** It goes on in the page with the mail. */
  | { kind: "back" };

export const emptyContent: Content = {
  from: null,
  to: [],
  cc: [],
  bcc: [],
  subject: "",
  html: "",
  text: null,
  attachments: [],
  inReplyTo: null,
  forwardOf: null,
};
