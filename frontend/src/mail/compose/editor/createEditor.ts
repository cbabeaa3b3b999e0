/** The editor of a message, without React: made in a place, asked for its HTML when it is saved. */
import { baseKeymap } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { Fragment, type Node, Slice } from "prosemirror-model";
import { EditorState, Selection, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { hasLongLine } from "../longLines";
import { linkRule, onlyAddress, withLinks } from "./autolink";
import { colourWith, commandOf, type Format, type FormatState, formatsAt, keys, linkTo } from "./commands";
import { imageView, type ResolveCid } from "./imageView";
import { cleanPasted, type TakePicture } from "./paste";
import { quotedView, type ShownPictures } from "./quotedView";
import { installDefaultPolicy } from "./sanitize";
import { schema } from "./schema";
import { fromHtml, toHtml, toText } from "./serialize";
import { withShortBlocks } from "./shortBlocks";
import { endBeforeSignature, withLine, withSignature } from "./signature";

export type EditorOptions = {
  html: string;
  label: string;
  quoteLabel: string;
  resolveCid: ResolveCid;
  /** Asked for where the original has pictures that are held back. */
  shownPictures?: () => Promise<ShownPictures>;
  onChange: () => void;
  onFormats: (formats: FormatState) => void;
  /** Files that were pasted or dropped. */
  onFiles: (files: File[]) => void;
  onLinkKey: () => void;
  /** Text with lines too long to write in was pasted, in shorter ones; `takeOut` takes it out of the text again. */
  onLongText?: (text: string, takeOut: () => void) => void;
  /** Takes a picture of pasted text as a file of the message, and gives its content id. */
  takePicture?: TakePicture;
};

/** What the composer needs of the editor. */
export type EditorHandle = {
  html: () => string;
  /** What was written, without the original. */
  text: () => string;
  run: (format: Format) => void;
  link: (href: string | null, text?: string) => void;
  colour: (colour: string | null) => void;
  insertPicture: (contentId: string, alt: string) => void;
  /** Puts lines before everything, and the caret after so many characters of them. */
  insertTyped: (text: string, caret: number) => void;
  /** Puts HTML in the place of the selection. */
  insertHtml: (html: string) => void;
  /** Puts HTML on a line of its own, behind the one with the cursor. */
  insertLine: (html: string) => void;
  /** Exchanges the signature, or takes it out (null). */
  sign: (signature: { id: string; html: string } | null) => void;
  focus: (at?: "start") => void;
  destroy: () => void;
};

const { nodes } = schema;
const rules = inputRules({
  rules: [
    linkRule,
    ...(nodes.bullet_list ? [wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list)] : []),
    ...(nodes.ordered_list ? [wrappingInputRule(/^1[.)]\s$/, nodes.ordered_list)] : []),
    ...(nodes.blockquote ? [wrappingInputRule(/^>\s$/, nodes.blockquote)] : []),
    ...(nodes.code_block ? [textblockTypeInputRule(/^```$/, nodes.code_block)] : []),
  ],
});

export function createEditor(place: HTMLElement, options: EditorOptions): EditorHandle {
  installDefaultPolicy();
  const onLinkKey = () => {
    options.onLinkKey();
    return true;
  };
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: fromHtml(options.html),
      plugins: [
        rules,
        keymap({ ...keys, "Mod-k": onLinkKey }),
        keymap(baseKeymap),
        history(),
        dropCursor({ class: "drop-cursor" }),
        gapCursor(),
      ],
    }),
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": options.label,
      spellcheck: "true",
    },
    nodeViews: {
      image: imageView(options.resolveCid),
      quotedHtml: quotedView(options.resolveCid, options.quoteLabel, options.shownPictures),
    },
    transformPastedHTML: (html) => cleanPasted(html, options.takePicture),
    transformPasted: (slice) => {
      const { content, openStart, openEnd } = withLinks(slice);
      return new Slice(withShortBlocks(content), openStart, openEnd);
    },
    clipboardTextParser: (text) => {
      if (hasLongLine(text)) {
        const before = view.state.doc;
        queueMicrotask(() => options.onLongText?.(text, takeOutIn(view, before)));
      }
      return new Slice(linesOf(text), 1, 1);
    },
    // Below everything one goes on writing, and not in the signature.
    handleClick: (view, _, event) => {
      const place = endBeforeSignature(view.state.doc);
      if (event.target !== view.dom || place === null) return false;
      view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(place), -1)));
      return true;
    },
    handlePaste: (view, event) =>
      takeFiles(event.clipboardData, options.onFiles, true) || linkSelection(view, event.clipboardData),
    handleDrop: (_, event, _slice, isMove) =>
      !isMove && takeFiles(event.dataTransfer, options.onFiles, false),
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      options.onFormats(formatsAt(view.state));
      if (transaction.docChanged) options.onChange();
    },
  });

  return {
    html: () => toHtml(view.state.doc),
    text: () => toText(view.state.doc),
    run: (format) => {
      commandOf(format)(view.state, view.dispatch, view);
      view.focus();
    },
    link: (href, text) => {
      linkTo(href, text)(view.state, view.dispatch);
      view.focus();
    },
    colour: (colour) => {
      colourWith(colour)(view.state, view.dispatch);
      view.focus();
    },
    insertPicture: (contentId, alt) => {
      const picture = schema.node("image", { src: `cid:${contentId}`, alt });
      view.dispatch(view.state.tr.replaceSelectionWith(picture, false).scrollIntoView());
    },
    insertTyped: (text, caret) => {
      const transaction = view.state.tr.insert(0, linesOf(text));
      // A line's end is one character of the text, and two places in the document.
      const place = 1 + caret + (text.slice(0, caret).match(/\n/g)?.length ?? 0);
      view.dispatch(transaction.setSelection(TextSelection.create(transaction.doc, place)));
    },
    insertHtml: (html) => {
      const { content } = fromHtml(html);
      view.dispatch(view.state.tr.replaceSelection(new Slice(content, 1, 1)).scrollIntoView());
    },
    insertLine: (html) => view.dispatch(withLine(view.state.tr, html).scrollIntoView()),
    sign: (signature) => view.dispatch(withSignature(view.state.tr, signature)),
    focus: (at) => {
      if (at === "start") {
        view.dispatch(view.state.tr.setSelection(Selection.atStart(view.state.doc)));
        place.scrollTo({ top: 0 });
      }
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

/** Makes the document what it was before, unless something has followed. */
function takeOutIn(view: EditorView, before: Node): () => void {
  const after = view.state.doc;
  return () => {
    const { doc, tr } = view.state;
    if (doc.eq(after)) view.dispatch(tr.replaceWith(0, doc.content.size, before.content));
  };
}

function linesOf(text: string): Fragment {
  return Fragment.from(
    text.split(/\r\n?|\n/).map((line) => schema.node("line", null, line === "" ? [] : [schema.text(line)])),
  );
}

/** An address that is pasted onto chosen words is where they lead. */
function linkSelection(view: EditorView, data: DataTransfer | null): boolean {
  const { selection } = view.state;
  const href = onlyAddress(data?.getData("text/plain") ?? "");
  if (href === null || selection.empty || !(selection instanceof TextSelection)) return false;
  return linkTo(href)(view.state, view.dispatch);
}

/** Word and Excel put a picture of the text beside the text: then the text is meant. */
function takeFiles(data: DataTransfer | null, onFiles: (files: File[]) => void, isPaste: boolean): boolean {
  const files = [...(data?.files ?? [])];
  if (files.length === 0 || (isPaste && hasText(data?.getData("text/html") ?? ""))) return false;
  onFiles(files);
  return true;
}

/** A picture copied from a page comes with HTML that holds nothing but its address. */
function hasText(html: string): boolean {
  return html !== "" && !/^(<(html|body|meta|img)\b[^>]*>|<\/(html|body)>|<!--[^>]*-->|\s)*$/i.test(html);
}
