/**
 * The browser's history as pages with layers on them.
 *
 * A page has one entry. Each layer that lies open on it (a menu, a dialog, a drawer) has one more of the same
 * address, so that Back closes the top layer and only then leaves the page. A layer that is closed by other
 * means has its entry taken back. Browsers step back in their own time: what is asked for meanwhile waits in
 * line, while `href` and what is on screen are ahead of the history.
 */

/** What is kept with an entry of the history. */
export type Entry = {
  /** Entries of one page share its number. */
  page: number;
  /** 0: the page itself; above, its layers from the lowest. */
  depth: number;
  /** Address of the page before, where this application went from there to here. */
  under: string | undefined;
};
/** The part of `window.history` that is used. */
export type Steps = {
  entry: () => unknown;
  href: () => string;
  push: (entry: Entry, href: string) => void;
  replace: (entry: Entry, href: string) => void;
  go: (by: number) => void;
};
/** `from` is the address that is left. */
type Move = { kind: "push" | "back"; from: string; href: string };

/** A step back takes milliseconds; one that has not come by then was refused. */
const REFUSED_MS = 1_000;

export class PageHistory {
  /** Told after every change of the address, also one to the same. */
  onMoved: () => void = () => undefined;

  readonly #steps: Steps;
  #layers: readonly { close: () => void }[] = [];
  #moves: Move[] = [];
  #here: Entry;
  #href: string;
  /** The address that the page's own entry has in the browser. */
  #written: string;
  #going: ReturnType<typeof setTimeout> | undefined;
  #isDue = false;
  #nextPage = Date.now();

  constructor(steps: Steps) {
    this.#steps = steps;
    this.#here = this.#read();
    this.#href = steps.href();
    this.#written = this.#href;
    // Loaded anew while layers were open: theirs are entries without a layer.
    if (this.#here.depth > 0) this.#settleSoon();
  }

  get href(): string {
    return this.#href;
  }

  /** Puts a layer on top; `close` is called by Back, and may refuse. To be called when it is gone: what is given back. */
  open(close: () => void): () => void {
    const layer = { close };
    this.#layers = [...this.#layers, layer];
    this.#settleSoon();
    return () => {
      this.#layers = this.#layers.filter((one) => one !== layer);
      this.#settleSoon();
    };
  }

  /** Goes to another page; layers that stay open lie on that one then. */
  push(href: string): void {
    if (href === this.#href) this.replace(href);
    else this.#moveBy("push", href);
  }

  /** The page gets another address. */
  replace(href: string): void {
    const last = this.#moves.at(-1);
    if (last !== undefined) last.href = href;
    else if (this.#going === undefined) {
      this.#steps.replace(this.#here, href);
      if (this.#here.depth === 0) this.#written = href;
    }
    this.#moved(href);
  }

  /** Back to that page where it is the one before, so that it is not there twice; else the page becomes it. */
  retreat(href: string): void {
    const isBefore = this.#here.under === href && this.#moves.length === 0;
    if (isBefore && href !== this.#href) this.#moveBy("back", href);
    else this.replace(href);
  }

  /** The browser has moved: for somebody who pressed Back, or for us. */
  popped(): void {
    const wasOurs = this.#going !== undefined;
    clearTimeout(this.#going);
    this.#going = undefined;
    const before = this.#here;
    this.#here = this.#read();
    if (this.#here.page !== before.page) this.#arrive();
    else if (!wasOurs) this.#closeAbove(this.#here.depth);
    this.#mend();
    this.#settleMoves();
    this.#settleSoon();
  }

  /** On another page: the one that was meant, or the one somebody went to. */
  #arrive(): void {
    if (this.#moves[0]?.kind === "back") {
      this.#moves.shift();
      return;
    }
    this.#moves = [];
    this.#closeAbove(0);
    this.#written = this.#steps.href();
    this.#href = this.#written;
    this.onMoved();
  }

  #closeAbove(depth: number): void {
    for (const layer of this.#layers.slice(depth).reverse()) layer.close();
  }

  /** The entry that was come to gets the address that the page was given while other entries lay on it. */
  #mend(): void {
    const wanted = this.#moves[0]?.from ?? this.#href;
    if (this.#steps.href() !== wanted) this.#steps.replace(this.#here, wanted);
    if (this.#here.depth === 0) this.#written = wanted;
  }

  #moveBy(kind: Move["kind"], href: string): void {
    this.#moves.push({ kind, from: this.#href, href });
    this.#moved(href);
  }

  #moved(href: string): void {
    this.#href = href;
    this.#settleMoves();
    this.#settleSoon();
    this.onMoved();
  }

  #settleMoves(): void {
    for (let move = this.#moves[0]; move !== undefined && !this.#going; move = this.#moves[0]) {
      const steps = this.#stepsBefore(move);
      if (steps < 0) this.#go(steps);
      else this.#turnTo(move);
    }
  }

  /** How far to go back before the move can be made, or by which it is made; 0 or less. */
  #stepsBefore({ kind, from }: Move): number {
    const { depth } = this.#here;
    if (kind === "back") return -depth - 1;
    // The next page takes the place of the lowest layer; of the others nothing must be left below it.
    return this.#written === from ? Math.min(0, 1 - depth) : -depth;
  }

  #turnTo({ from, href }: Move): void {
    const hasDeadLayer = this.#here.depth > 0;
    this.#here = { page: this.#nextPage++, depth: 0, under: from };
    if (hasDeadLayer) this.#steps.replace(this.#here, href);
    else this.#steps.push(this.#here, href);
    this.#written = href;
    this.#moves.shift();
  }

  /** As many entries as layers, once what closes and opens at the same time has done so. */
  #settleSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      this.#settleLayers();
    });
  }

  #settleLayers(): void {
    if (this.#going !== undefined || this.#moves.length > 0) return;
    const surplus = this.#here.depth - this.#layers.length;
    if (surplus > 0) this.#go(-surplus);
    for (let missing = -surplus; missing > 0; missing -= 1) {
      this.#here = { ...this.#here, depth: this.#here.depth + 1 };
      this.#steps.push(this.#here, this.#href);
    }
  }

  #go(by: number): void {
    this.#going = setTimeout(() => this.#refused(), REFUSED_MS);
    this.#steps.go(by);
  }

  /** The page stays where it is, with the address that it should have got by going back. */
  #refused(): void {
    this.#going = undefined;
    if (this.#moves[0]?.kind === "back") this.#moves.shift();
    this.#mend();
    this.#settleMoves();
  }

  /** The entry that the browser is at; one that was not made here (the first, a link within the page) becomes a page. */
  #read(): Entry {
    const found = this.#steps.entry();
    if (isEntry(found)) return found;
    const made: Entry = { page: this.#nextPage++, depth: 0, under: undefined };
    // Without a place within the page (#main): going back there would move the focus.
    this.#steps.replace(made, this.#steps.href());
    return made;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { page, depth } = value as Partial<Entry>;
  return typeof page === "number" && typeof depth === "number";
}

const browser: Steps = {
  entry: () => history.state,
  href: () => location.pathname + location.search,
  push: (entry, href) => history.pushState(entry, "", href),
  replace: (entry, href) => history.replaceState(entry, "", href),
  go: (by) => history.go(by),
};
/** Where there is no page: parts of the application that are used without one ask for the address all the same. */
const nowhere: Steps = {
  entry: () => undefined,
  href: () => "/",
  push: () => undefined,
  replace: () => undefined,
  go: () => undefined,
};

/** The one of this window. */
export const pageHistory = new PageHistory(globalThis.history === undefined ? nowhere : browser);
globalThis.addEventListener?.("popstate", () => pageHistory.popped());
