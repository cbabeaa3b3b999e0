/** Which signature a message begins with, by the address it is sent from. */
import { request } from "@/api";
import type { Viewer } from "@/app";
import { isSameAddress } from "@/lib/addresses";
import { SignaturesQuery } from "./documents";
import { signText } from "./plain";
import { signHtml } from "./quote";
import type { Content, Signature } from "./types";

/** As they were answered last. */
let kept: { viewerId: string; signatures: readonly Signature[] } | undefined;

export function keptSignatures({ id }: Viewer): readonly Signature[] | undefined {
  return kept?.viewerId === id ? kept.signatures : undefined;
}

/** Those of the viewer; where the server cannot say, the last known, so that writing never waits in vain. */
export async function signaturesFor(viewer: Viewer): Promise<readonly Signature[]> {
  if (!viewer.identities.some(({ mode }) => mode === null)) return [];
  try {
    const { signatures } = await request(SignaturesQuery, {}, { timeoutMs: 4_000 });
    kept = { viewerId: viewer.id, signatures };
    return signatures;
  } catch {
    return keptSignatures(viewer) ?? [];
  }
}

/** Whether messages of the viewer begin with one. */
export function isSigning({ identities }: Viewer): boolean {
  return identities.some((one) => one.signatureId !== null || one.replySignatureId !== null);
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
