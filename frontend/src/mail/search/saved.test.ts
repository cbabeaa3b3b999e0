import { expect, test, vi } from "vitest";
import { loadSaved, saveSearch, useSaved } from "./saved";

type Saved = { id: string; name: string; query: string };
const answers: ((savedSearches: Saved[]) => void)[] = [];

vi.mock("react", () => ({ useSyncExternalStore: (_: unknown, read: () => unknown) => read() }));
vi.mock("@/api", () => ({
  request: (_document: unknown, variables?: Saved) =>
    variables === undefined
      ? new Promise((resolve) => answers.push((savedSearches) => resolve({ savedSearches })))
      : Promise.resolve({ saveSearch: { ...variables, id: "2" } }),
  graphql: () => ({}),
}));

const invoices = { id: "1", name: "Invoices", query: "subject:invoice" };

test("a search that is saved while the list is on its way stays when that comes", async () => {
  const loading = loadSaved();
  await saveSearch("Unread", "is:unread");
  answers[0]?.([invoices]);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(useSaved().map(({ name }) => name)).toEqual(["Unread"]);

  answers[1]?.([invoices, { id: "2", name: "Unread", query: "is:unread" }]);
  await loading;

  expect(useSaved().map(({ name }) => name)).toEqual(["Invoices", "Unread"]);
});
