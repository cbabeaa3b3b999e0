/** Shows an original inside the editor: in a shadow root, so that its styles stay with it. */

import type { Node } from "prosemirror-model";
import type { EditorView, NodeView } from "prosemirror-view";
import { heldStyles, standInForImages } from "@/lib/heldImages";
import type { ResolveCid } from "./imageView";
import { quotedFragment } from "./sanitize";

const sheet = `
:host { display: block; overflow-x: auto; }
.original { overflow-wrap: anywhere; font: 15px/1.6 Georgia, "Times New Roman", serif; }
.original img { max-width: 100%; object-fit: contain; object-position: 0 0; }
.original table { max-width: 100%; }
.original p { margin-block: 0 1em; }
.original a { color: #006664; }
.original img:not([width]) { height: auto; }
.original pre { white-space: pre-wrap; }
:host([data-dark]) .original { color: #1b1b1b; filter: invert(0.91) hue-rotate(180deg); }
:host([data-dark]) .original img { filter: invert(1) hue-rotate(180deg); }
${heldStyles}`;

let styles: CSSStyleSheet | undefined;

export function quotedView(resolve: ResolveCid, label: string) {
  return (node: Node, _view: EditorView, _getPos: () => number | undefined): NodeView => {
    const dom = document.createElement("div");
    dom.dataset.quotedView = String(node.attrs.kind);
    const host = document.createElement("div");
    host.setAttribute("role", "document");
    host.setAttribute("aria-label", label);
    host.tabIndex = -1;
    dom.append(host);
    const root = host.attachShadow({ mode: "open" });
    if (styles === undefined) {
      styles = new CSSStyleSheet();
      styles.replaceSync(sheet);
    }
    root.adoptedStyleSheets = [styles];
    const original = document.createElement("div");
    original.className = "original";
    original.append(quotedFragment(String(node.attrs.html)));
    for (const image of original.querySelectorAll("img")) show(image, resolve);
    standInForImages(original);
    for (const link of original.querySelectorAll("a")) link.target = "_blank";
    root.append(original);
    host.toggleAttribute("data-dark", isDarkNow());
    return {
      dom,
      // What happens inside is the original's: text can be selected and copied, nothing typed.
      stopEvent: (event) => event.type !== "dragstart" && event.type !== "drop",
      ignoreMutation: () => true,
    };
  };
}

/**
 * Pictures of ours are shown. Remote ones would tell the sender that an answer is being written: something stands
 * for them here, and what is sent names them as the original did.
 */
function show(image: HTMLImageElement, resolve: ResolveCid) {
  if (!image.hasAttribute("alt")) image.alt = "";
  const src = image.getAttribute("src") ?? "";
  if (src.startsWith("cid:")) image.src = resolve(src.slice(4)) ?? "";
  else if (!src.startsWith("/") && !src.startsWith("data:")) {
    image.dataset.blockedSrc = "";
    image.removeAttribute("src");
    image.removeAttribute("srcset");
  }
}

function isDarkNow(): boolean {
  const scheme = document.documentElement.dataset.theme;
  return scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}
