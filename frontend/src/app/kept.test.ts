// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { keep, takeKept } from "./kept";
import { startPreferences } from "./preferences";

afterEach(() => vi.unstubAllGlobals());

test("what was chosen just before the page is left reaches the server", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
  const send = vi.fn((_url: string, _options: RequestInit) => Promise.resolve(Response.json({ data: {} })));
  vi.stubGlobal("fetch", send);
  startPreferences();
  takeKept("7", []);

  keep("density", "compact");
  expect(send).not.toHaveBeenCalled();
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));

  expect(send).toHaveBeenCalledTimes(1);
  const [, options] = send.mock.calls[0] ?? [];
  expect(options?.keepalive).toBe(true);
  expect(JSON.parse(String(options?.body))).toMatchObject({
    variables: { entries: [{ name: "density", value: '"compact"' }] },
  });
});
