// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { show } from "../../../fake/render";
import { filtersOf } from "./filters";
import { useActOnAll } from "./useActOnAll";
import { Working } from "./Working";

type Step = { changed: number; lookedAt: number; before: string | null };
const asked: Record<string, unknown>[] = [];
let answer: (step: Step) => void = () => {};

vi.mock("@/api", async (original) => ({
  ...(await original<typeof import("@/api")>()),
  request: (_document: unknown, variables: Record<string, unknown>) => {
    asked.push(variables);
    return new Promise((resolve) => {
      answer = (step) => resolve({ actOnSpool: step });
    });
  },
}));

function DropAll() {
  const { progress, run, stop } = useActOnAll();
  if (progress !== undefined) return <Working progress={progress} total={10_000} onStop={stop} />;
  return (
    <button type="button" onClick={() => void run("drop", filtersOf("?domain=north.example"))}>
      Drop all
    </button>
  );
}

beforeEach(() => {
  asked.length = 0;
  show(
    <QueryClientProvider client={new QueryClient()}>
      <DropAll />
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Drop all" }));
});

test("it goes on where the last call ended, until nothing is left", async () => {
  answer({ changed: 4990, lookedAt: 5000, before: "77" });
  await screen.findByText("5,000 of 10,000");
  expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("50");
  await waitFor(() => expect(asked).toHaveLength(2));
  answer({ changed: 10, lookedAt: 10, before: null });

  await screen.findByRole("button", { name: "Drop all" });
  expect(asked.map(({ act, domain, before }) => [act, domain, before])).toEqual([
    ["DROP", "north.example", null],
    ["DROP", "north.example", "77"],
  ]);
});

test("stopped, it asks for no more", async () => {
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  answer({ changed: 5000, lookedAt: 5000, before: "77" });

  await screen.findByRole("button", { name: "Drop all" });
  expect(asked).toHaveLength(1);
});
