import { i18n } from "@lingui/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GraphqlDocument } from "./documents";
import { request, setUnauthenticatedHandler } from "./request";

const fetching = vi.fn<typeof fetch>();
const document = { __meta__: { hash: "abc" } } as unknown as GraphqlDocument<{ one: number }, { id: string }>;

i18n.loadAndActivate({ locale: "en", messages: {} });

beforeEach(() => vi.stubGlobal("fetch", fetching));
afterEach(() => {
  vi.unstubAllGlobals();
  fetching.mockReset();
});

function answer(body: unknown, status = 200) {
  fetching.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }));
}

test("sends the hash of the document, never its text, with the CSRF header", async () => {
  answer({ data: { one: 1 } });

  expect(await request(document, { id: "7" })).toEqual({ one: 1 });

  const [url, init] = fetching.mock.calls[0] ?? [];
  expect(url).toBe("/graphql");
  expect(JSON.parse(String(init?.body))).toEqual({ documentId: "abc", variables: { id: "7" } });
  expect(init?.headers).toMatchObject({ "X-Postroom-CSRF": "1", "Accept-Language": "en" });
  expect(init?.credentials).toBe("same-origin");
});

test("gives the server's code, field and report id to the caller", async () => {
  answer({
    data: null,
    errors: [{ message: "Taken", extensions: { code: "CONFLICT", field: "name", id: "r1" } }],
  });

  await expect(request(document, { id: "7" })).rejects.toMatchObject({
    code: "CONFLICT",
    field: "name",
    id: "r1",
    message: "Taken",
  });
});

test("tells once that the session is over", async () => {
  const ended = vi.fn();
  setUnauthenticatedHandler(ended);
  answer({ errors: [{ message: "Sign in first", extensions: { code: "UNAUTHENTICATED" } }] }, 401);

  await expect(request(document, { id: "7" })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(ended).toHaveBeenCalledTimes(1);
});

test("names a server that cannot be reached, one that fails, and one that answers nonsense", async () => {
  fetching.mockRejectedValueOnce(new TypeError("failed"));
  await expect(request(document, { id: "7" })).rejects.toMatchObject({ code: "OFFLINE" });

  // Trying again would not help: no composer repeats it by itself.
  fetching.mockResolvedValueOnce(new Response("", { status: 413 }));
  await expect(request(document, { id: "7" })).rejects.toMatchObject({ code: "TOO_LARGE" });

  fetching.mockResolvedValueOnce(new Response("<html>", { status: 502 }));
  await expect(request(document, { id: "7" })).rejects.toMatchObject({ code: "OFFLINE" });

  fetching.mockResolvedValueOnce(new Response("<html>", { status: 500 }));
  await expect(request(document, { id: "7" })).rejects.toMatchObject({ code: "UNAVAILABLE" });

  fetching.mockResolvedValueOnce(new Response("<html>", { status: 200 }));
  await expect(request(document, { id: "7" })).rejects.toMatchObject({ code: "PROTOCOL" });
});
