/**
 * What the windows of one browser ask each other about messages being written.
 *
 * A question goes to all other windows; the first answer counts. Who has nothing to say keeps still, so a
 * question always has a time limit. Without BroadcastChannel a window is alone.
 */
import { newKey } from "./key";
import type { Ending, Handed } from "./types";

/** This window, among those of the browser. */
export const thisWindow = newKey();

const LISTEN_MS = 600;

/** Questions by kind: what is asked, and the answer. */
export type Questions = {
  /** Who writes this message? Known by its key, or by its draft on the server. */
  has: { asked: { key?: string; serverId?: string }; answer: { key: string; windowName: string } };
  /** Hand it over. */
  give: { asked: { key: string }; answer: { handed: Handed; by: string } };
  /** It arrived: the one who gave it lets go; nobody answers. */
  took: { asked: { key: string; isApart: boolean }; answer: never };
  /** Who says what happened to messages of other windows? The opener is asked first. */
  listens: { asked: { opener: string | undefined }; answer: { window: string } };
  /** It is not being written any more. */
  ended: { asked: { to: string; handed: Handed; ending: Ending }; answer: true };
  /** A window is gone, or is loaded anew; nobody answers. */
  left: { asked: { to: string | undefined; key: string }; answer: never };
};
export type Kind = keyof Questions;
export type Answers = {
  [K in Kind]: (
    asked: Questions[K]["asked"],
  ) => Questions[K]["answer"] | undefined | Promise<Questions[K]["answer"] | undefined>;
};

type Message =
  | { [K in Kind]: { id: string; kind: K; asked: Questions[K]["asked"] } }[Kind]
  | { id: string; kind: "answer"; answer: unknown };

const channel =
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("postroom-writing");
const waiting = new Map<string, (answer: unknown) => void>();

/** Asks all other windows; undefined where none answers in time. */
export function ask<K extends Kind>(
  kind: K,
  asked: Questions[K]["asked"],
  limitMs: number,
): Promise<Questions[K]["answer"] | undefined> {
  if (channel === undefined) return Promise.resolve(undefined);
  const id = newKey();
  return new Promise((resolve) => {
    const done = (answer: Questions[K]["answer"] | undefined) => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(answer);
    };
    const timer = setTimeout(() => done(undefined), limitMs);
    waiting.set(id, (answer) => done(answer as Questions[K]["answer"]));
    channel.postMessage({ id, kind, asked });
  });
}

/** Tells all other windows, without waiting: the only way while this one is being closed. */
export function tell<K extends Kind>(kind: K, asked: Questions[K]["asked"]): void {
  channel?.postMessage({ id: newKey(), kind, asked });
}

let opener: string | undefined;

/** The window with the mail that this one belongs to, as far as it is known. */
export function openerOf(): string | undefined {
  return opener;
}

export function openedBy(window: string): void {
  opener = window;
}

/** Any window with the mail, where none has given this one its message. */
export async function findOpener(): Promise<string | undefined> {
  const found = await ask("listens", { opener }, LISTEN_MS);
  if (found !== undefined) opener = found.window;
  return found?.window;
}

/** Answers the questions of others from now on. */
export function answering(answers: Answers): void {
  if (channel === undefined) return;
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === "answer") {
      waiting.get(data.id)?.(data.answer);
      return;
    }
    const answer = answers[data.kind] as (asked: unknown) => unknown;
    void Promise.resolve(answer(data.asked)).then((said) => {
      if (said !== undefined) channel.postMessage({ id: data.id, kind: "answer", answer: said });
    });
  };
}
