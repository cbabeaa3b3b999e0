import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PageHistory, type Steps } from "./pageHistory";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A browser's history of one tab: it steps back and forward later, as browsers do. */
class Tab {
  entries: { state: unknown; href: string }[];
  at = 0;
  pages!: PageHistory;

  constructor(...hrefs: string[]) {
    this.entries = hrefs.map((href) => ({ state: null, href }));
    this.at = hrefs.length - 1;
    this.load();
  }

  /** The application begins, or begins anew. */
  load() {
    this.pages = new PageHistory(this.steps);
  }

  get steps(): Steps {
    return {
      entry: () => this.entries[this.at]?.state,
      href: () => this.entries[this.at]?.href ?? "",
      push: (state, href) => {
        this.entries = [...this.entries.slice(0, this.at + 1), { state, href }];
        this.at += 1;
      },
      replace: (state, href) => {
        this.entries[this.at] = { state, href };
      },
      go: (by) => this.go(by),
    };
  }

  /** As Back and Forward do. */
  go(by: number) {
    setTimeout(() => {
      if (this.entries[this.at + by] === undefined) return;
      this.at += by;
      this.pages.popped();
    }, 5);
  }

  press(by: number) {
    this.go(by);
    vi.advanceTimersByTime(50);
  }

  /** What is below and here, at rest. */
  hrefs() {
    vi.advanceTimersByTime(50);
    return this.entries.slice(0, this.at + 1).map(({ href }) => href);
  }
}

/** Something that lies over the page; `mayClose` false: it asks first. */
function layer(tab: Tab, closed: string[], name: string, mayClose = true) {
  const gone = tab.pages.open(() => {
    closed.push(name);
    if (mayClose) gone();
  });
  return gone;
}

test("Back closes one layer after the other, the top one first, and then leaves the page", () => {
  const tab = new Tab("/mail/inbox");
  const closed: string[] = [];
  tab.pages.push("/settings");
  for (const name of ["dialog", "menu"]) layer(tab, closed, name);
  expect(tab.hrefs()).toEqual(["/mail/inbox", "/settings", "/settings", "/settings"]);

  tab.press(-1);
  expect(closed).toEqual(["menu"]);
  tab.press(-1);
  expect(closed).toEqual(["menu", "dialog"]);
  expect(tab.pages.href).toBe("/settings");
  tab.press(-1);
  expect(tab.pages.href).toBe("/mail/inbox");
});

test("two quick presses close two layers", () => {
  const tab = new Tab("/mail/inbox");
  const closed: string[] = [];
  for (const name of ["dialog", "menu"]) layer(tab, closed, name);
  vi.runAllTimers();

  tab.go(-1);
  tab.go(-1);

  expect(tab.hrefs()).toEqual(["/mail/inbox"]);
  expect(closed).toEqual(["menu", "dialog"]);
});

test("a layer that is closed by other means does not step back, and the next one uses its entry", () => {
  const tab = new Tab("/mail/inbox");
  const closed: string[] = [];
  const go = vi.spyOn(tab, "go");
  for (let times = 0; times < 3; times += 1) {
    const gone = layer(tab, closed, "menu");
    expect(tab.hrefs()).toHaveLength(2);
    gone();
    expect(tab.hrefs()).toHaveLength(2);
  }
  layer(tab, closed, "picker");
  expect(tab.hrefs()).toHaveLength(2);
  expect(go).not.toHaveBeenCalled();

  tab.press(-1);
  expect(closed).toEqual(["picker"]);
  expect(tab.hrefs()).toEqual(["/mail/inbox"]);
});

test("with entries of closed layers above it, Back leaves the page in one press", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/settings");
  const moved = vi.fn();
  const open = ["dialog", "menu", "palette"].map((name) => layer(tab, [], name));
  expect(tab.hrefs()).toHaveLength(5);
  for (const gone of open) gone();
  tab.pages.onMoved = () => moved(tab.pages.href);

  tab.press(-1);

  expect(tab.hrefs()).toEqual(["/mail/inbox"]);
  expect(moved.mock.calls).toEqual([["/mail/inbox"]]);
});

test("where an entry of a closed layer lies on it, Back closes the layer that is open", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/settings");
  const closed: string[] = [];
  layer(tab, closed, "dialog");
  const gone = layer(tab, closed, "menu");
  vi.runAllTimers();
  gone();

  tab.press(-1);
  expect(closed).toEqual(["dialog"]);
  tab.press(-1);
  expect(tab.pages.href).toBe("/mail/inbox");
});

test("a layer that asks first stays on top, with its question above it", () => {
  const tab = new Tab("/mail/inbox");
  const closed: string[] = [];
  const gone = tab.pages.open(() => void layer(tab, closed, "question"));
  vi.runAllTimers();

  tab.press(-1);
  expect(tab.hrefs()).toHaveLength(3);
  tab.press(-1);
  expect(closed).toEqual(["question"]);
  expect(tab.hrefs()).toHaveLength(2);
  gone();
});

test("a page that is gone to out of layers takes the entry of the top one", () => {
  const tab = new Tab("/mail/inbox");
  const open = ["dialog", "menu"].map((name) => layer(tab, [], name));
  vi.runAllTimers();

  for (const gone of open) gone();
  tab.pages.push("/settings");
  expect(tab.hrefs()).toEqual(["/mail/inbox", "/mail/inbox", "/settings"]);

  tab.press(-1);
  expect(tab.pages.href).toBe("/mail/inbox");
  tab.press(1);
  expect(tab.pages.href).toBe("/settings");
});

test("a page that is gone to from an entry with others forward leaves none of them there", () => {
  const tab = new Tab("/mail/inbox");
  const open = ["dialog", "menu"].map((name) => layer(tab, [], name));
  vi.runAllTimers();
  for (const gone of open) gone();
  tab.pages.push("/settings");
  tab.press(-1);

  tab.pages.push("/admin");
  tab.press(1);

  expect(tab.pages.href).toBe("/admin");
  tab.press(-1);
  expect(tab.pages.href).toBe("/mail/inbox");
});

test("Forward passes over entries of closed layers, and is nothing where there is no page beyond", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/settings");
  const open = ["dialog", "menu"].map((name) => layer(tab, [], name));
  vi.runAllTimers();
  for (const gone of open) gone();
  tab.pages.push("/admin");
  for (const page of ["/settings", "/mail/inbox"]) {
    tab.press(-1);
    expect(tab.pages.href).toBe(page);
  }

  for (const page of ["/settings", "/admin", "/admin"]) {
    tab.press(1);
    expect(tab.pages.href).toBe(page);
  }

  const closed: string[] = [];
  layer(tab, closed, "dialog");
  vi.runAllTimers();
  tab.press(-1);
  tab.press(1);
  vi.advanceTimersByTime(2_000);
  expect(closed).toEqual(["dialog"]);
  expect(tab.pages.href).toBe("/admin");
  tab.press(-1);
  expect(tab.pages.href).toBe("/settings");
});

test("going on before the last step back has been made keeps the order", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/mail/inbox/7");
  tab.pages.retreat("/mail/inbox");
  vi.advanceTimersByTime(1);

  tab.pages.push("/settings");
  tab.pages.push("/settings/texts");
  tab.pages.replace("/settings/links");

  expect(tab.hrefs()).toEqual(["/mail/inbox", "/settings", "/settings/links"]);
});

test("a layer that stays open over a change of page lies on the new one", () => {
  const tab = new Tab("/mail/inbox");
  const closed: string[] = [];
  layer(tab, closed, "suggestions");
  vi.runAllTimers();

  tab.pages.push("/search?q=a");
  tab.pages.replace("/search?q=ab");
  expect(tab.hrefs()).toEqual(["/mail/inbox", "/search?q=ab", "/search?q=ab"]);
  tab.pages.replace("/search?q=abc");

  tab.press(-1);
  expect(closed).toEqual(["suggestions"]);
  expect(tab.hrefs()).toEqual(["/mail/inbox", "/search?q=abc"]);
});

test("a page whose address changed below a layer is found again under the newer one", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/search?q=a");
  const gone = layer(tab, [], "suggestions");
  vi.runAllTimers();

  tab.pages.replace("/search?q=ab");
  gone();
  tab.pages.push("/mail/inbox/7");
  tab.load();

  tab.press(-1);
  expect(tab.pages.href).toBe("/search?q=ab");
  tab.press(-1);
  expect(tab.pages.href).toBe("/mail/inbox");
  tab.press(1);
  expect(tab.pages.href).toBe("/search?q=ab");
});

test("loaded anew with open layers, the page is left in one press all the same", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/search?q=a");
  for (const name of ["dialog", "menu"]) layer(tab, [], name);
  vi.runAllTimers();
  tab.pages.replace("/search?q=ab");
  vi.runAllTimers();

  tab.load();
  const closed: string[] = [];
  layer(tab, closed, "menu");
  vi.runAllTimers();
  expect(tab.pages.href).toBe("/search?q=ab");
  tab.press(-1);
  expect(closed).toEqual(["menu"]);
  tab.press(-1);
  expect(tab.pages.href).toBe("/mail/inbox");
});

test("retreating goes back to the page before, or becomes it where it is another", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/mail/inbox/7");
  tab.pages.replace("/mail/inbox/8");
  const gone = layer(tab, [], "picker");
  vi.runAllTimers();

  gone();
  tab.pages.retreat("/mail/inbox");
  expect(tab.pages.href).toBe("/mail/inbox");
  expect(tab.hrefs()).toEqual(["/mail/inbox"]);

  tab.pages.push("/settings");
  tab.pages.retreat("/mail/sent");
  expect(tab.hrefs()).toEqual(["/mail/inbox", "/mail/sent"]);
});

test("where the browser does not go back, the page has its address all the same", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/mail/inbox/7");
  vi.spyOn(tab, "go").mockImplementation(() => undefined);

  tab.pages.retreat("/mail/inbox");
  vi.advanceTimersByTime(2_000);

  expect(tab.entries.at(-1)?.href).toBe("/mail/inbox");
  expect(tab.hrefs()).toHaveLength(2);
});

test("a page reached over layers that lie open closes them", () => {
  const tab = new Tab("/mail/inbox");
  const closed: string[] = [];
  tab.pages.push("/settings");
  for (const name of ["dialog", "menu"]) layer(tab, closed, name);
  vi.runAllTimers();

  tab.press(-3);

  expect(closed).toEqual(["menu", "dialog"]);
  expect(tab.hrefs()).toEqual(["/mail/inbox"]);
});

test("while something holds the page, it is left only after a yes, by whatever means", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/settings");
  tab.pages.push("/admin");
  tab.press(-1);
  let answers: (() => void)[] = [];
  const hold = () => tab.pages.guard((goOn) => void answers.push(goOn));
  const release = hold();

  tab.press(-1);
  tab.press(1);
  tab.pages.push("/mail/sent");
  tab.pages.replace("/mail/drafts");
  expect(answers).toHaveLength(4);
  tab.pages.replace("/settings?a=1");
  tab.pages.replace("/settings");
  expect(tab.hrefs()).toEqual(["/mail/inbox", "/settings"]);
  expect(tab.pages.href).toBe("/settings");

  answers[0]?.();
  expect(tab.hrefs()).toEqual(["/mail/inbox"]);
  release();
  tab.press(1);
  answers = [];
  hold();
  tab.press(1);
  // The question is a layer itself.
  const gone = layer(tab, [], "question");
  vi.runAllTimers();
  gone();
  answers[0]?.();
  vi.advanceTimersByTime(50);
  expect(tab.pages.href).toBe("/admin");
  tab.press(-1);
  expect(tab.pages.href).toBe("/settings");
});

test("a page that is held is left from above entries of closed layers after a yes", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/settings");
  const open = ["dialog", "menu"].map((name) => layer(tab, [], name));
  vi.runAllTimers();
  for (const gone of open) gone();
  const question = vi.fn((goOn: () => void) => goOn());
  tab.pages.guard((goOn) => void question(() => setTimeout(goOn, 20)));

  tab.press(-1);
  vi.advanceTimersByTime(50);

  expect(question).toHaveBeenCalledTimes(1);
  expect(tab.hrefs()).toEqual(["/mail/inbox"]);
});

/** Pages as somebody remembers them who uses the tab: those behind, the one on screen as the last, those ahead. */
class Memory {
  behind: { href: string; from?: string | undefined }[] = [{ href: "/0" }];
  ahead: typeof this.behind = [];

  get here() {
    return this.behind.at(-1) ?? { href: "" };
  }
  get before() {
    return this.behind.at(-2);
  }
  push(href: string) {
    this.behind.push({ href, from: this.here.href });
    this.ahead = [];
  }
  back() {
    this.ahead.push(...this.behind.splice(-1));
  }
  forward() {
    this.behind.push(...this.ahead.splice(-1));
  }
}

test("whatever is done in whatever order, each press is for one thing that is seen", () => {
  let seed = 7;
  const pick = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let walk = 0; walk < 300; walk += 1) {
    const tab = new Tab("/0");
    const memory = new Memory();
    const open: (() => void)[] = [];
    let pages = 0;
    const seen = () => [tab.pages.href, open.length, walk];
    const press = (by: number) => {
      vi.advanceTimersByTime(2_000);
      const layers = open.length;
      const wasAt = memory.here.href;
      tab.press(by);
      vi.advanceTimersByTime(2_000);
      if (by < 0 && layers > 0) {
        expect(seen()).toEqual([wasAt, layers - 1, walk]);
      } else if (by < 0) {
        if (memory.before !== undefined) memory.back();
        expect(seen()).toEqual([memory.here.href, 0, walk]);
      } else if (tab.pages.href !== wasAt) {
        memory.forward();
        expect(seen()).toEqual([memory.here.href, 0, walk]);
      } else expect(seen()).toEqual([wasAt, layers, walk]);
    };
    const acts = [
      () => {
        const close = () => {
          open.splice(open.indexOf(close), 1);
          gone();
        };
        const gone = tab.pages.open(close);
        open.push(close);
      },
      () => open[pick(open.length + 1)]?.(),
      () => {
        const href = `/${++pages}`;
        tab.pages.push(href);
        memory.push(href);
      },
      () => {
        const href = `/${++pages}`;
        tab.pages.replace(href);
        memory.here.href = href;
      },
    ];
    for (let step = 0; step < 30; step += 1) {
      const what = pick(7);
      const goes = vi.spyOn(tab, "go");
      acts[what]?.();
      expect(goes).not.toHaveBeenCalled();
      goes.mockRestore();
      if (what === 4 && memory.before !== undefined) {
        vi.advanceTimersByTime(50);
        const { href } = memory.before;
        tab.pages.retreat(href);
        if (memory.here.from === href) memory.back();
        else memory.here.href = href;
      } else if (what > 4) press(what === 5 ? -1 : 1);
      vi.advanceTimersByTime(pick(8));
    }
    expect(tab.hrefs().at(-1)).toBe(memory.here.href);
    expect(tab.hrefs().length).toBeGreaterThanOrEqual(memory.behind.length + open.length);
    while (open.length > 0 || memory.before !== undefined) press(-1);
  }
});
