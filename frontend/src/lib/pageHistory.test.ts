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

test("a layer that is closed by other means takes its entry away", () => {
  const tab = new Tab("/mail/inbox");
  for (let times = 0; times < 3; times += 1) {
    const gone = layer(tab, [], "menu");
    expect(tab.hrefs()).toHaveLength(2);
    gone();
    expect(tab.hrefs()).toEqual(["/mail/inbox"]);
  }
});

test("one layer that follows another takes its entry over", () => {
  const tab = new Tab("/mail/inbox");
  const closed: string[] = [];
  const gone = layer(tab, closed, "palette");
  vi.runAllTimers();
  const back = vi.spyOn(tab, "go");

  gone();
  layer(tab, closed, "picker");

  expect(tab.hrefs()).toHaveLength(2);
  expect(back).not.toHaveBeenCalled();
  tab.press(-1);
  expect(closed).toEqual(["picker"]);
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
  expect(tab.hrefs()).toEqual(["/mail/inbox"]);
});

test("going to a page out of layers leaves none of their entries behind", () => {
  const tab = new Tab("/mail/inbox");
  const open = ["dialog", "menu", "palette"].map((name) => layer(tab, [], name));
  vi.runAllTimers();

  for (const gone of open) gone();
  tab.pages.push("/settings");
  expect(tab.pages.href).toBe("/settings");

  expect(tab.hrefs()).toEqual(["/mail/inbox", "/settings"]);
});

test("going on before the last step back has been made keeps the order", () => {
  const tab = new Tab("/mail/inbox");
  const gone = layer(tab, [], "menu");
  vi.runAllTimers();
  gone();
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
  const tab = new Tab("/search?q=a");
  const gone = layer(tab, [], "suggestions");
  vi.runAllTimers();

  tab.pages.replace("/search?q=ab");
  gone();
  tab.pages.push("/mail/inbox/7");

  expect(tab.hrefs()).toEqual(["/search?q=ab", "/mail/inbox/7"]);
});

test("Forward does not open a layer again", () => {
  const tab = new Tab("/mail/inbox");
  const closed: string[] = [];
  for (const name of ["dialog", "menu"]) layer(tab, closed, name);
  vi.runAllTimers();
  tab.press(-1);
  tab.press(-1);

  tab.press(2);

  expect(tab.hrefs()).toEqual(["/mail/inbox"]);
  expect(closed).toEqual(["menu", "dialog"]);
});

test("loaded anew with open layers, the page needs no press for what is gone", () => {
  const tab = new Tab("/mail/inbox");
  tab.pages.push("/search?q=a");
  for (const name of ["dialog", "menu"]) layer(tab, [], name);
  vi.runAllTimers();
  tab.pages.replace("/search?q=ab");

  tab.load();

  expect(tab.hrefs()).toEqual(["/mail/inbox", "/search?q=ab"]);
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

test("whatever is done in whatever order, at rest there is one entry a layer and one a page", () => {
  let seed = 7;
  const pick = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let walk = 0; walk < 200; walk += 1) {
    const tab = new Tab("/0");
    let visited = ["/0"];
    const open = new Set<() => void>();
    let pages = 0;
    for (let step = 0; step < 25; step += 1) {
      const what = pick(6);
      if (what < 2) {
        const close = () => {
          open.delete(close);
          gone();
        };
        const gone = tab.pages.open(close);
        open.add(close);
      } else if (what === 2) [...open][pick(open.size + 1)]?.();
      else if (what === 3) {
        const href = `/${++pages}`;
        tab.pages.push(href);
        visited = [...visited, href];
      } else if (what === 4) {
        const href = `/${++pages}`;
        tab.pages.replace(href);
        visited = [...visited.slice(0, -1), href];
      } else if (visited.length > 1) {
        const [before = ""] = visited.slice(-2);
        vi.advanceTimersByTime(50);
        tab.pages.retreat(before);
        visited = visited.slice(0, -1);
      }
      vi.advanceTimersByTime(pick(8));
    }
    expect(tab.hrefs(), `walk ${walk}`).toHaveLength(visited.length + open.size);
    expect(tab.hrefs().at(-1)).toBe(visited.at(-1));
    for (const close of open) close();
    expect(tab.hrefs(), `walk ${walk}`).toEqual(visited);
  }
});
