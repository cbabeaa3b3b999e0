/** Which signature a message begins with, by the address it is sent from. */
import { request } from "@/api";
import type { Viewer } from "@/app";
import { isSameAddress } from "@/lib/addresses";
import { SignaturesQuery } from "./documents";
import { signText } from "./plain";
import { signHtml } from "./quote";
import type { Content, Signature } from "./types";

/** Those of the viewer; none where the server cannot say, so that writing never waits for it in vain. */
export async function signaturesFor(viewer: Viewer): Promise<readonly Signature[]> {
  if (!viewer.identities.some(({ mode }) => mode === null)) return [];
  try {
    return (await request(SignaturesQuery, {}, { timeoutMs: 4_000 })).signatures;
  } catch {
    return [];
  }
}

/** The one that belongs to the address a message is sent from. */
export function usualSignature(
  content: Content,
  viewer: Viewer,
  signatures: readonly Signature[],
): Signature | null {
  const { identities } = viewer;
  const identity = identities.find(
    ({ address }) => content.from !== null && isSameAddress(address, content.from),
  );
  const { signatureId, replySignatureId } = identity ?? identities[0] ?? {};
  const isNew = content.inReplyTo === null && content.forwardOf === null;
  const wanted = isNew ? signatureId : replySignatureId;
  return signatures.find(({ id }) => id === wanted) ?? null;
}

/** A message that begins, with its signature. */
export async function signed(
  content: Content,
  viewer: Viewer,
  signatures: readonly Signature[],
): Promise<{ content: Content; signatureId: string | null }> {
  const signature = usualSignature(content, viewer, signatures);
  if (signature === null) return { content, signatureId: null };
  const signatureId = signature.id;
  if (content.text !== null) {
    return { content: { ...content, text: await signText(content.text, undefined, signature) }, signatureId };
  }
  return { content: { ...content, html: signHtml(content.html, signature) }, signatureId };
}
