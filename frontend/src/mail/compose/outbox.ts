/**
 * Messages that were sent while the server could not be reached. They go out in their order as soon as it answers:
 * this window asks every few seconds, and at once when the browser says that there is a connection.
 */
import { onResumed } from "@/app";
import type { Composer } from "./composer";
import { deliver } from "./delivery";
import { isPassing, problemOf } from "./problems";
import type { Ending, Order, Problem } from "./types";

const FIRST_MS = 2_000;
const RETRY_MS = 10_000;

type Conclude = (composer: Composer, ending: Ending) => Promise<void>;
type Waiting = { composer: Composer; order: Order; conclude: Conclude };

let waiting: readonly Waiting[] = [];
let trying: Promise<void> = Promise.resolve();
/** The one that is on its way just now. */
let current: Waiting | undefined;
let isRunning = false;
let wake: (() => void) | undefined;
const listeners = new Set<() => void>();

addEventListener("online", () => wake?.());
onResumed(() => wake?.());

function set(next: readonly Waiting[]): void {
  waiting = next;
  composersOf = next.map(({ composer }) => composer);
  for (const listener of listeners) listener();
}

let composersOf: readonly Composer[] = [];

export const outbox = {
  /** Those that wait, in the order they were sent. */
  get: () => composersOf,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

/** It waits from now on; `conclude` hears what became of it, "back" where it was refused. */
export function waitToSend(composer: Composer, order: Order, conclude: Conclude): void {
  composer.stop();
  set([...waiting, { composer, order, conclude }]);
  void run();
}

/** It waits no longer; where it is on its way just now, it may still go out. */
export function takeOut(composer: Composer): void {
  set(waiting.filter((one) => one.composer !== composer));
  if (current?.composer !== composer) composer.apply({ type: "settled" });
  void composer.keep();
}

/** Tries all of them once, in their order. */
export function trySending(): Promise<void> {
  trying = trying.then(async () => {
    for (const one of waiting) {
      current = one;
      const isReached = await tryOne(one);
      current = undefined;
      if (!isReached) return;
    }
  });
  return trying;
}

async function run(): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  for (let pause = FIRST_MS; waiting.length > 0; pause = RETRY_MS) {
    await rest(pause);
    await trySending();
  }
  isRunning = false;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    wake = done;

    function done() {
      clearTimeout(timer);
      wake = undefined;
      resolve();
    }
  });
}

/** False where the server cannot be reached still. */
async function tryOne(one: Waiting): Promise<boolean> {
  const { composer, order, conclude } = one;
  const isWanted = () => waiting.includes(one);
  if (!isWanted()) return true;
  composer.apply({ type: "settled" });
  composer.apply({ type: "sendStarted" });
  try {
    const ending = await deliver(composer, order, isWanted);
    drop(one);
    if (ending === null) composer.apply({ type: "cancelled" });
    else await conclude(composer, ending);
  } catch (error) {
    const problem = problemOf(error);
    composer.apply({ type: "refused", problem });
    if (!isWanted()) {
      composer.apply({ type: "settled" });
      return true;
    }
    const ended = endedBefore(composer, problem);
    if (ended === undefined && isPassing(problem) && problem.code !== "RATE_LIMITED") return false;
    drop(one);
    await conclude(composer, ended ?? { kind: "back" });
  }
  return true;
}

/** It had arrived, and only the answer was lost. */
function endedBefore(composer: Composer, { fate }: Problem): Ending | undefined {
  if (composer.isChanged) return undefined;
  if (fate?.kind === "sent") return { kind: "sent", submissionId: "", undoSeconds: 0 };
  if (fate?.kind === "scheduled")
    return { kind: "scheduled", id: composer.get().serverId ?? "", sendAt: fate.at };
  return undefined;
}

function drop(one: Waiting): void {
  set(waiting.filter((other) => other !== one));
}
