/**
 * The document of the sandboxed frame that shows a message's HTML.
 *
 * The server has sanitised it; this is the second wall: no script, no request beyond our own origin, no form.
 * Height rules: the message must not size itself by the frame, or the two would chase each other.
 */

import { heldStyles } from "@/lib/heldImages";

export const framePolicy =
  "default-src 'none'; img-src 'self' data: blob:; style-src 'unsafe-inline'; font-src 'none'; form-action 'none'; base-uri 'none'";

export type FrameLook = {
  /** The page is dark. */
  isDark: boolean;
  /** The message's own colours are kept, whatever the page looks like. */
  isOriginal: boolean;
  /** The message brings its own dark colours, or none at all. */
  isDarkFriendly: boolean;
};

/** Whether the colours of a message have to be mapped for this look. */
export function isAdapted({ isDark, isOriginal, isDarkFriendly }: FrameLook): boolean {
  return isDark && !isOriginal && !isDarkFriendly;
}

export const messageStyles = `
html, body { height: auto !important; min-height: 0 !important; }
body { margin: 0; overflow-wrap: anywhere; font: 16px/1.6 Georgia, "Times New Roman", serif; }
[style*="height:100%"], [style*="height: 100%"] { height: auto !important; }
img { max-width: 100%; object-fit: contain; object-position: 0 0; }
img:not([width]) { height: auto; }
img:not([src]):not([srcset]):is(:not([alt]), [alt=""]) { visibility: hidden; }
pre { white-space: pre-wrap; }
table { max-width: 100%; }
td, th { overflow-wrap: break-word; }
blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 2px solid #c9c7c2; }
`;
const frameStyles = `
html { overflow: hidden; }
body { padding: 1px 0; overflow-x: auto; }
${heldStyles}`;
const darkStyles = "html { color: #ebe9e5; } a { color: #74d1c8; } blockquote { border-color: #4b5659; }";

function coloursOf({ isDark, isOriginal }: FrameLook): { scheme: string; css: string } {
  if (!isDark) return { scheme: "light", css: "html { color: #182427; } a { color: #006664; }" };
  if (isOriginal)
    return { scheme: "light", css: "html { background: #fff; color: #182427; } body { padding: 12px; }" };
  // A scheme like the page's keeps the frame see-through.
  return { scheme: "dark", css: darkStyles };
}

/** Whether a message says anything about colours; one that does not can be shown in ours. */
export function hasOwnColours(html: string): boolean {
  return /<style|\bstyle\s*=\s*["'][^"']*(?:color|background)|\b(?:bgcolor|background|color)\s*=/i.test(html);
}

/** The whole document as text; only `trusted()` may turn it into something a frame takes. */
export function frameDocument(html: string, look: FrameLook): string {
  const { scheme, css } = coloursOf(look);
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${framePolicy}"><meta name="color-scheme" content="${scheme}"><meta name="referrer" content="no-referrer"><base target="_blank"><style>${messageStyles}${frameStyles}${css}</style></head><body>${html}</body></html>`;
}

type TrustedHtmlPolicy = { createHTML: (text: string) => string };
type TrustedTypes = { createPolicy: (name: string, rules: TrustedHtmlPolicy) => TrustedHtmlPolicy };

let maker: TrustedHtmlPolicy | undefined;

/** The one place where text becomes markup: the policy `mail` of Trusted Types, for frames without scripts only. */
export function trusted(text: string): string {
  const factory = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  maker ??= factory?.createPolicy("mail", { createHTML: (markup) => markup }) ?? {
    createHTML: (markup) => markup,
  };
  return maker.createHTML(text);
}
