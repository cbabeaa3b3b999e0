/** The message that is answered or forwarded: from the server, and without a connection as it is kept here. */
import { isApiError, request } from "@/api";
import type { MessageDetail } from "@/mail";
import { type Original, OriginalQuery } from "./documents";

/** Null where it is gone. Rejects where the server cannot be reached and it is not kept here either. */
export async function originalOf(id: string, isPlain: boolean): Promise<Original | null> {
  try {
    return (await request(OriginalQuery, { id, isPlain })).message;
  } catch (error) {
    if (!isApiError(error, "OFFLINE") && !isApiError(error, "TIMEOUT")) throw error;
    const { keptMessage } = await import("@/mail");
    const kept = await keptMessage(id);
    if (kept === undefined || kept.body.isTruncated) throw error;
    return originalOfKept(kept, isPlain);
  }
}

/** It was kept as its reader saw it: remote pictures by way of our server, which nobody else can ask. */
export function originalOfKept({ body, ...kept }: MessageDetail, isPlain: boolean): Original {
  const html = body.html.replace(/(["'(])\/img\/[^"')\s]*/g, "$1");
  return { ...kept, body: isPlain ? { html, text: body.text } : { html } };
}
