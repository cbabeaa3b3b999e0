/** Shows a picture of the message; what is sent names it by content id. */

import type { Node } from "prosemirror-model";
import type { NodeView } from "prosemirror-view";
import { standIn } from "@/lib/heldImages";

/** Where a picture with this content id can be seen now. */
export type ResolveCid = (contentId: string) => string | undefined;

export function imageView(resolve: ResolveCid) {
  return (node: Node): NodeView => {
    const dom = document.createElement("img");
    const src = String(node.attrs.src);
    const shown = src.startsWith("cid:") ? resolve(src.slice(4)) : src;
    // Pictures on other servers are not asked for while one writes: something stands for them.
    const isOurs = shown !== undefined && /^(blob:|data:image\/|\/files\/)/.test(shown);
    if (isOurs) dom.src = shown;
    dom.alt = String(node.attrs.alt);
    if (node.attrs.width !== null) dom.width = Number(node.attrs.width);
    return { dom: isOurs ? dom : standIn(dom) };
  };
}
