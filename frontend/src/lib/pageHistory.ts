/**
 * The browser's history as pages with layers on them.
 *
 * A page has one entry. Each layer that lies open on it (a menu, a dialog, a drawer) needs one more of the same
 * address, so that Back closes the top layer and only then leaves the page. A layer that is closed by other
 * means leaves its entry behind: to step back takes the browser time, and calls off a page that begins to load
 * meanwhile. Such an entry serves the next layer or the next page; Back and Forward pass over it.
 *
 * Browsers step in their own time: what is asked for while one does waits in line, and `href` and what is on
 * screen are ahead of the history.
 */

/** What is kept with an entry of the history. */
export type Entry = {
  /** Entries of one page share its number, and lie on each other. */
  page: number;
  /** 0: the page itself; above, what was made for its layers, the lowest first. */
  depth: number;
  /** Place in the history; from an entry to the one before it is one less. */
  at: number;
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
/** Asks whether the page may be left; who says yes is to call `goOn`. */
export type Question = (goOn: () => void) => void;
/** `from` is the address that is left. */
type Move = { kind: "push" | "back"; from: string; href: string };
/** Under way to that place in the history. */
type Going = {
  to: number;
  arrived: () => void;
  refused: () => void;
  timer: ReturnType<typeof setTimeout>;
};

/** A step takes milliseconds; one that has not come by then was refused. */
const REFUSED_MS = 1_000;

export class PageHistory {
  /** Told after every change of the address, also one to the same. */
  onMoved: () => void = () => undefined;

  readonly #steps: Steps;
  #layers: readonly { close: () => void }[] = [];
  #questions: readonly Question[] = [];
  #moves: Move[] = [];
  #here: Entry;
  #href: string;
  /** The address of the entry below, while this one is the last and was made for a layer: a page may take it. */
  #spareOver: string | undefined;
  #going: Going | undefined;
  #isDue = false;
  #nextPage = Date.now();

  constructor(steps: Steps) {
    this.#steps = steps;
    this.#here = this.#read(0);
    this.#href = steps.href();
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
    };
  }

  /** Asks before the page is left, by whatever means, until what is given back is called. */
  guard(question: Question): () => void {
    this.#questions = [...this.#questions, question];
    return () => {
      this.#questions = this.#questions.filter((one) => one !== question);
    };
  }

  /** Goes to another page; layers that stay open lie on that one then. */
  push(href: string): void {
    if (href === this.#href) this.replace(href);
    else this.#unlessHeld(href, () => this.#moveBy("push", href));
  }

  /** The page gets another address. */
  replace(href: string): void {
    this.#unlessHeld(href, () => {
      const last = this.#moves.at(-1);
      if (last !== undefined) last.href = href;
      else if (this.#going === undefined) this.#steps.replace(this.#here, href);
      this.#moved(href);
    });
  }

  /** Back to that page where it is the one before, so that it is not there twice; else the page becomes it. */
  retreat(href: string): void {
    const isBefore = this.#here.under === href && this.#moves.length === 0;
    if (isBefore && href !== this.#href) this.#unlessHeld(href, () => this.#moveBy("back", href));
    else this.replace(href);
  }

  /** The browser has moved: for somebody who pressed Back or Forward, or for us. */
  popped(): void {
    const before = this.#here;
    const going = this.#going;
    clearTimeout(going?.timer);
    this.#going = undefined;
    this.#spareOver = undefined;
    this.#here = this.#read(before.at + 1);
    if (going !== undefined && going.to === this.#here.at) going.arrived();
    else if (this.#here.page === before.page) this.#pressed(this.#here.at - before.at);
    else {
      this.#moves = [];
      this.#land(before);
    }
    this.#settleMoves();
    this.#settleSoon();
  }

  /** Somebody moved on the page by that many entries: each step back is for one thing that they see. */
  #pressed(by: number): void {
    this.#mend();
    if (by > 0) this.#passForward();
    if (by >= 0) return;
    const open = this.#layers;
    for (const layer of open.slice(by).reverse()) layer.close();
    if (open.length < -by) this.#unlessHeld(this.#here.under, () => this.#stepOut(() => this.#arrive()));
  }

  /** To the page before; first to the page's own entry, which gets its address, and where there may be none before. */
  #stepOut(arrived: () => void, refused?: () => void): void {
    const { depth } = this.#here;
    if (depth === 0) {
      this.#go(-1, arrived, refused);
      return;
    }
    const onPage = () => {
      this.#mend();
      this.#stepOut(arrived, refused);
    };
    this.#go(-depth, onPage, refused);
  }

  /** An entry forward of here on the same page is for a layer that is gone. */
  #passForward(): void {
    const before = this.#here;
    this.#go(1, () => (this.#here.page === before.page ? this.#pressed(1) : this.#land(before)));
  }

  /** On another page without having asked: back to where it is asked for, and by `goOn` here again. */
  #land(before: Entry): void {
    const { at } = this.#here;
    const href = this.#steps.href();
    if (this.#questionFor(href) === undefined) {
      this.#arrive();
      return;
    }
    const goOn = () => {
      if (at < this.#here.at) this.#go(at - this.#here.at, () => this.#arrive());
      // The question's own entry took the place of what was forward.
      else this.push(href);
    };
    const ask = () => {
      this.#mend();
      this.#unlessHeld(href, goOn);
    };
    this.#go(before.at - at, ask, () => this.#arrive());
  }

  #arrive(): void {
    // What was gone to meanwhile is on screen already.
    if (this.#moves.length > 0) return;
    for (const layer of [...this.#layers].reverse()) layer.close();
    this.#href = this.#steps.href();
    this.onMoved();
  }

  #unlessHeld(href: string | undefined, goOn: () => void): void {
    const question = this.#questionFor(href);
    if (question === undefined) goOn();
    else
      question(() => {
        this.#questions = [];
        goOn();
      });
  }

  /** `href`: where to, if it is known; another query of the page's own address does not leave it. */
  #questionFor(href: string | undefined): Question | undefined {
    const stays = href !== undefined && pathOf(href) === pathOf(this.#href);
    return stays ? undefined : this.#questions.at(-1);
  }

  /** The entry that was come to gets the address that the page was given while other entries lay on it. */
  #mend(): void {
    const wanted = this.#moves[0]?.from ?? this.#href;
    if (this.#steps.href() !== wanted) this.#steps.replace(this.#here, wanted);
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
    for (let move = this.#moves[0]; move !== undefined && this.#going === undefined; move = this.#moves[0]) {
      if (move.kind === "back") this.#retreat();
      else {
        this.#moves.shift();
        this.#turnTo(move);
      }
    }
  }

  /** Where the browser refuses, the page stays with the address of the one before. */
  #retreat(): void {
    const done = () => void this.#moves.shift();
    const arrived = () => {
      done();
      this.#mend();
    };
    this.#stepOut(arrived, done);
  }

  /** Takes the place of an entry that was for a layer, unless more than that would be lost. */
  #turnTo({ from, href }: Move): void {
    const isSpare = this.#spareOver === from;
    const at = isSpare ? this.#here.at : this.#here.at + 1;
    this.#here = { page: this.#nextPage++, depth: 0, at, under: from };
    this.#spareOver = undefined;
    if (isSpare) this.#steps.replace(this.#here, href);
    else this.#steps.push(this.#here, href);
  }

  /** As many entries as layers at least, once what closes and opens at the same time has done so. */
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
    for (let missing = this.#layers.length - this.#here.depth; missing > 0; missing -= 1) {
      this.#here = { ...this.#here, depth: this.#here.depth + 1, at: this.#here.at + 1 };
      this.#steps.push(this.#here, this.#href);
      this.#spareOver = this.#href;
    }
  }

  #go(by: number, arrived: () => void, refused: () => void = () => undefined): void {
    const timer = setTimeout(() => {
      this.#going = undefined;
      refused();
      this.#mend();
      this.#settleMoves();
      this.#settleSoon();
    }, REFUSED_MS);
    this.#going = { to: this.#here.at + by, arrived, refused, timer };
    this.#steps.go(by);
  }

  /** The entry that the browser is at; one that was not made here (the first, a link within the page) becomes a page. */
  #read(at: number): Entry {
    const found = this.#steps.entry();
    if (isEntry(found)) return found;
    const made: Entry = { page: this.#nextPage++, depth: 0, at, under: undefined };
    // Without a place within the page (#main): going back there would move the focus.
    this.#steps.replace(made, this.#steps.href());
    return made;
  }
}

function pathOf(href: string): string {
  return href.split("?", 1)[0] ?? href;
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { page, depth, at } = value as Partial<Entry>;
  return typeof page === "number" && typeof depth === "number" && typeof at === "number";
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
