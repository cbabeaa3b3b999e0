import { expect, test, vi } from "vitest";
import { ApiError } from "@/api";
import type { Change, ChangeResult, MailServer } from "../store/types";
import { withOffline } from "./offlineServer";
import type { SavedMail } from "./savedMail";

const read = (id: string): Change => ({ ids: [id], addFlags: ["\\Seen"] });

/** A device that keeps acts, and a server that answers when it is told to. */
function setUp() {
  const acts = new Map<number, Change>();
  const answers: ((error?: Error) => void)[] = [];
  let next = 1;
  const saved = {
    acts: async () => [],
    keepAct: async (change: Change) => {
      acts.set(next, change);
      return next++;
    },
    dropAct: async (key: number) => void acts.delete(key),
    apply: async () => undefined,
  } as unknown as SavedMail;
  const update = () =>
    new Promise<ChangeResult>((resolve, reject) => {
      answers.push((error) => {
        if (error === undefined) resolve({ state: 1, failed: [], mailboxes: [] });
        else reject(error);
      });
    });
  const server = withOffline({ update } as unknown as MailServer);
  server.begin(Promise.resolve(saved), () => undefined);
  const kept = () => [...acts.values()].map(({ ids }) => ids[0]);
  const act = (id: string) => {
    const change = read(id);
    server.remember?.(change);
    return server.update(change);
  };
  return { act, answers, kept, server };
}

test("acts that wait behind another are kept on the device until they are answered", async () => {
  const { act, answers, kept } = setUp();
  await vi.waitFor(() => undefined);
  await new Promise((resolve) => setTimeout(resolve));

  void act("first");
  const second = act("second");

  await vi.waitFor(() => expect(kept()).toEqual(["second"]));
  for (const answer of answers) answer();
  await second;
  await vi.waitFor(() => expect(kept()).toEqual([]));
});

test("what is done before earlier acts were sent is kept too", async () => {
  const { act, answers, kept } = setUp();

  const early = act("early");

  await vi.waitFor(() => expect(kept()).toEqual(["early"]));
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.();
  await early;
  await vi.waitFor(() => expect(kept()).toEqual([]));
});

test("who signs out waits until the server has what was done, and no longer than it can be reached", async () => {
  vi.stubGlobal("addEventListener", () => undefined);
  const { act, answers, server } = setUp();
  const done = act("last");
  let isBrought = false;
  const bringing = server.brought(done).then(() => {
    isBrought = true;
  });
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  expect(isBrought).toBe(false);
  answers[0]?.();
  await bringing;

  void act("lost");
  const giving = server.brought(new Promise(() => undefined));
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.(new ApiError("OFFLINE", "Not reached"));
  await giving;
});

test("a connection that is there again is noticed though nobody does anything", async () => {
  const comebacks: (() => void)[] = [];
  vi.stubGlobal("addEventListener", (_: string, heard: () => void) => comebacks.push(heard));
  vi.stubGlobal("removeEventListener", () => undefined);
  let isDown = true;
  const server = withOffline({
    mailboxes: async () => {
      if (isDown) throw new ApiError("OFFLINE", "Not reached");
      return [];
    },
  } as unknown as MailServer);
  await expect(server.mailboxes()).rejects.toMatchObject({ code: "OFFLINE" });
  expect(server.isOffline()).toBe(true);

  comebacks[0]?.();
  await vi.waitFor(() => expect(comebacks).toHaveLength(2));
  expect(server.isOffline()).toBe(true);
  isDown = false;
  comebacks[1]?.();

  await vi.waitFor(() => expect(server.isOffline()).toBe(false));
});

test("the browser's word that there is no connection holds until the server answers", async () => {
  const comebacks: (() => void)[] = [];
  vi.stubGlobal("addEventListener", (_: string, heard: () => void) => comebacks.push(heard));
  vi.stubGlobal("removeEventListener", () => undefined);
  const server = withOffline({ mailboxes: async () => [] } as unknown as MailServer);
  server.noteOffline();
  expect(server.isOffline()).toBe(true);
  await vi.waitFor(() => expect(comebacks).toHaveLength(1));

  comebacks[0]?.();

  await vi.waitFor(() => expect(server.isOffline()).toBe(false));
});
