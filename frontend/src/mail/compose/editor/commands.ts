/** What the toolbar and the keys do, and which of it is in force at the cursor. */
import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  lift,
  liftEmptyBlock,
  newlineInCode,
  setBlockType,
  splitBlock,
  toggleMark,
  wrapIn,
} from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { MarkType } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { type Command, type EditorState, TextSelection } from "prosemirror-state";
import { linkBefore } from "./autolink";
import { schema } from "./schema";

const { nodes, marks } = schema;

export type Format =
  | "bold"
  | "italic"
  | "underline"
  | "strike"
  | "code"
  | "bullets"
  | "numbers"
  | "quote"
  | "heading"
  | "pre"
  | "rule"
  | "plain"
  | "undo"
  | "redo";

/** What is in force at the cursor. */
export type FormatState = {
  active: ReadonlySet<Format>;
  link: string | null;
  colour: string | null;
  /** Words are chosen. */
  hasSelection: boolean;
};

const markOf: Partial<Record<Format, MarkType | undefined>> = {
  bold: marks.strong,
  italic: marks.em,
  underline: marks.underline,
  strike: marks.strike,
  code: marks.code,
};

function type<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("Not in the schema");
  return value;
}

function toggleWrap(name: "bullet_list" | "ordered_list"): Command {
  return (state, dispatch) =>
    isInside(state, name)
      ? liftListItem(type(nodes.list_item))(state, dispatch)
      : wrapInList(type(nodes[name]))(state, dispatch);
}

function toggleBlock(name: "heading" | "code_block", attrs?: { level: number }): Command {
  return (state, dispatch) =>
    isInside(state, name)
      ? setBlockType(type(nodes.line))(state, dispatch)
      : setBlockType(type(nodes[name]), attrs)(state, dispatch);
}

const toggleQuote: Command = (state, dispatch) =>
  isInside(state, "blockquote") ? lift(state, dispatch) : wrapIn(type(nodes.blockquote))(state, dispatch);

const insertRule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(type(nodes.horizontal_rule).create()).scrollIntoView());
  return true;
};

const removeFormats: Command = (state, dispatch) => {
  const { from, to, empty } = state.selection;
  if (empty) return setBlockType(type(nodes.line))(state, dispatch);
  dispatch?.(state.tr.removeMark(from, to).setBlockType(from, to, type(nodes.line)).scrollIntoView());
  return true;
};

export function commandOf(format: Format): Command {
  const mark = markOf[format];
  if (mark !== undefined) return toggleMark(mark);
  const others: Partial<Record<Format, Command>> = {
    bullets: toggleWrap("bullet_list"),
    numbers: toggleWrap("ordered_list"),
    quote: toggleQuote,
    heading: toggleBlock("heading", { level: 2 }),
    pre: toggleBlock("code_block"),
    rule: insertRule,
    plain: removeFormats,
    undo,
    redo,
  };
  return type(others[format]);
}

/** Sets or removes the link of the selection; without a selection the address itself is put in. */
/** Links the selection; where there is none, puts the text, or else the address itself. */
export function linkTo(href: string | null, text = ""): Command {
  return (state, dispatch) => {
    const mark = type(marks.link);
    const { from, to, empty } = linkRange(state);
    const tr = state.tr;
    if (href === null) tr.removeMark(from, to, mark);
    else if (empty) tr.replaceSelectionWith(schema.text(text || href, [mark.create({ href })]), false);
    else tr.removeMark(from, to, mark).addMark(from, to, mark.create({ href }));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

export function colourWith(colour: string | null): Command {
  return (state, dispatch) => {
    const mark = type(marks.colour);
    const { from, to, empty } = state.selection;
    const tr = state.tr;
    if (empty) {
      if (colour === null) tr.removeStoredMark(mark);
      else tr.addStoredMark(mark.create({ colour }));
    } else {
      tr.removeMark(from, to, mark);
      if (colour !== null) tr.addMark(from, to, mark.create({ colour }));
    }
    dispatch?.(tr);
    return true;
  };
}

/** The selection, or the whole link around a cursor. */
function linkRange(state: EditorState): { from: number; to: number; empty: boolean } {
  const { $from, from, to, empty } = state.selection;
  if (!empty) return { from, to, empty };
  const href = marks.link?.isInSet($from.marks())?.attrs.href;
  if (href === undefined) return { from, to, empty };
  const start = $from.start();
  let range = { from, to, empty: true };
  $from.parent.forEach((node, offset) => {
    const begin = start + offset;
    const isIt = marks.link?.isInSet(node.marks)?.attrs.href === href;
    if (isIt && begin <= from && begin + node.nodeSize >= from) {
      range = { from: begin, to: begin + node.nodeSize, empty: false };
    }
  });
  return range;
}

export function formatsAt(state: EditorState): FormatState {
  const active = new Set<Format>();
  const { from, $from, to, empty } = state.selection;
  const here = state.storedMarks ?? $from.marks();
  for (const [format, mark] of Object.entries(markOf) as [Format, MarkType][]) {
    if (empty ? mark.isInSet(here) : state.doc.rangeHasMark(from, to, mark)) active.add(format);
  }
  if (isInside(state, "bullet_list")) active.add("bullets");
  if (isInside(state, "ordered_list")) active.add("numbers");
  if (isInside(state, "blockquote")) active.add("quote");
  if (isInside(state, "heading")) active.add("heading");
  if (isInside(state, "code_block")) active.add("pre");
  const href: unknown = marks.link?.isInSet(here)?.attrs.href;
  const colour: unknown = marks.colour?.isInSet(here)?.attrs.colour;
  return {
    active,
    link: typeof href === "string" ? href : null,
    colour: typeof colour === "string" ? colour : null,
    hasSelection: !empty,
  };
}

function isInside(state: EditorState, name: string): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type.name === name) return true;
  return false;
}

/** One Backspace at the start of the line after an original, or Delete before it, removes the original. */
const removeOriginal =
  (direction: -1 | 1): Command =>
  (state, dispatch) => {
    const { $from, empty } = state.selection;
    if (!(state.selection instanceof TextSelection) || !empty || $from.depth !== 1) return false;
    const isAtEdge =
      direction < 0 ? $from.parentOffset === 0 : $from.parentOffset === $from.parent.content.size;
    const edge = direction < 0 ? $from.before() : $from.after();
    const neighbour = direction < 0 ? state.doc.resolve(edge).nodeBefore : state.doc.resolve(edge).nodeAfter;
    if (!isAtEdge || neighbour?.type !== nodes.quotedHtml || neighbour === null) return false;
    dispatch?.(
      state.tr.delete(
        Math.min(edge, edge + direction * neighbour.nodeSize),
        Math.max(edge, edge + direction * neighbour.nodeSize),
      ),
    );
    return true;
  };

const hardBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(type(nodes.hard_break).create()).scrollIntoView());
  return true;
};

/** After a heading a line follows. */
const newLine: Command = (state, dispatch) => splitBlock(state, dispatch);

export const keys: Record<string, Command> = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Mod-Shift-z": redo,
  "Mod-b": commandOf("bold"),
  "Mod-i": commandOf("italic"),
  "Mod-u": commandOf("underline"),
  "Mod-Shift-x": commandOf("strike"),
  "Mod-Shift-7": commandOf("numbers"),
  "Mod-Shift-8": commandOf("bullets"),
  "Mod-Shift-9": commandOf("quote"),
  "Mod-\\": commandOf("plain"),
  "Shift-Enter": chainCommands(linkBefore, exitCode, hardBreak),
  Enter: chainCommands(
    linkBefore,
    splitListItem(type(nodes.list_item)),
    newlineInCode,
    createParagraphNear,
    liftEmptyBlock,
    newLine,
  ),
  "Mod-]": sinkListItem(type(nodes.list_item)),
  "Mod-[": liftListItem(type(nodes.list_item)),
  Backspace: chainCommands(removeOriginal(-1), baseKeymap.Backspace ?? (() => false)),
  Delete: chainCommands(removeOriginal(1), baseKeymap.Delete ?? (() => false)),
};
