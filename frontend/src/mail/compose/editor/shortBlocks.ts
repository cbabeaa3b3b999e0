/** Blocks of a length that can be written in (see longLines). */
import { Fragment, type Node } from "prosemirror-model";
import { endOfPart, LONGEST } from "../longLines";

/** The same content, with longer blocks parted behind a space, or where there is none, anywhere. */
export function withShortBlocks(content: Fragment): Fragment {
  const blocks: Node[] = [];
  let isChanged = false;
  content.forEach((block) => {
    const parts = block.isTextblock ? parted(block) : [changed(block)];
    isChanged ||= parts.length > 1 || parts[0] !== block;
    blocks.push(...parts);
  });
  return isChanged ? Fragment.from(blocks) : content;
}

function changed(block: Node): Node {
  const content = withShortBlocks(block.content);
  return content === block.content ? block : block.copy(content);
}

function parted(block: Node): Node[] {
  const parts: Node[] = [];
  let from = 0;
  while (block.content.size - from > LONGEST) {
    // What is no letter counts as one, so that places in the text are places in the block.
    const text = block.textBetween(from, from + LONGEST, undefined, "\ufffc");
    const to = from + endOfPart(text);
    parts.push(block.cut(from, to));
    from = to;
  }
  return parts.length === 0 ? [block] : [...parts, block.cut(from)];
}
