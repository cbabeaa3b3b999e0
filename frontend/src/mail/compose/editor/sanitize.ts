/** Everything that enters the page's own document from outside goes through here: paste, drafts, quotes. */
import DOMPurify, { type Config } from "dompurify";

const common: Config = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ["form", "input", "button", "textarea", "select", "option", "label", "fieldset", "dialog"],
  FORBID_ATTR: ["contenteditable", "autofocus", "tabindex", "accesskey", "popover"],
  ALLOW_ARIA_ATTR: false,
};

/**
 * An original for its shadow root, or a draft that the editor reads: classes and style sheets stay, since they
 * reach nothing outside the root, and the editor's schema knows none.
 */
export function quotedFragment(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    ...common,
    ADD_TAGS: ["style"],
    FORCE_BODY: true,
    RETURN_DOM_FRAGMENT: true,
  });
}

type Policy = { createHTML: (text: string) => unknown };
type Factory = {
  defaultPolicy: Policy | null;
  createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => Policy;
};

/**
 * The default policy of Trusted Types: whatever text reaches a parser without another policy is sanitised.
 *
 * The editor reads the clipboard through it.
 */
export function installDefaultPolicy(): void {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  if (factory === undefined || factory.defaultPolicy !== null) return;
  factory.createPolicy("default", {
    createHTML: (text) => DOMPurify.sanitize(text, { ...common, RETURN_TRUSTED_TYPE: false }),
  });
}
