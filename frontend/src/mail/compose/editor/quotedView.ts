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

/** Where remote pictures are to be had from our server, by their addresses. */
export type ShownPictures = ReadonlyMap<string, string>;

const none: ShownPictures = new Map();

export function quotedView(resolve: ResolveCid, label: string, shownPictures?: () => Promise<ShownPictures>) {
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
    const fill = (pictures: ShownPictures) => {
      original.replaceChildren(quotedFragment(String(node.attrs.html)));
      for (const image of original.querySelectorAll("img")) show(image, resolve, pictures);
      const isHeld = original.querySelector("[data-blocked-src]") !== null;
      standInForImages(original);
      for (const link of original.querySelectorAll("a")) link.target = "_blank";
      return isHeld;
    };
    if (fill(none))
      shownPictures?.().then(
        (pictures) => pictures.size > 0 && fill(pictures),
        () => undefined, // What stands for them stays.
      );
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
 * Pictures of ours are shown, and remote ones by way of our server where the reader of the original sees them.
 * Something stands for the others; what is sent names all as the original did.
 */
function show(image: HTMLImageElement, resolve: ResolveCid, pictures: ShownPictures) {
  if (!image.hasAttribute("alt")) image.alt = "";
  const src = image.getAttribute("src") ?? "";
  if (src.startsWith("cid:")) image.src = resolve(src.slice(4)) ?? "";
  else if (!src.startsWith("/") && !src.startsWith("data:")) {
    const path = pictures.get(src);
    image.removeAttribute("srcset");
    if (path !== undefined) image.src = path;
    else {
      image.dataset.blockedSrc = "";
      image.removeAttribute("src");
    }
  }
}

function isDarkNow(): boolean {
  const scheme = document.documentElement.dataset.theme;
  return scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}
