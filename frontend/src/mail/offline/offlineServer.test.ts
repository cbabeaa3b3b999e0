import { expect, test, vi } from "vitest";
import type { Change, ChangeResult, MailServer } from "../store/types";
import { withOffline } from "./offlineServer";
import type { SavedMail } from "./savedMail";

const read = (id: string): Change => ({ ids: [id], addFlags: ["\\Seen"] });

/** A device that keeps acts, and a server that answers when it is told to. */
function setUp() {
  const acts = new Map<number, Change>();
  const answers: (() => void)[] = [];
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
    new Promise<ChangeResult>((resolve) => {
      answers.push(() => resolve({ state: 1, failed: [], mailboxes: [] }));
    });
  const server = withOffline({ update } as unknown as MailServer);
  server.begin(Promise.resolve(saved), () => undefined);
  const kept = () => [...acts.values()].map(({ ids }) => ids[0]);
  const act = (id: string) => {
    const change = read(id);
    server.remember?.(change);
    return server.update(change);
  };
  return { act, answers, kept };
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
