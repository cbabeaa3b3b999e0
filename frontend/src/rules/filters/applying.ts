/** Applying a filter to a folder, step by step, and taking it back. */
import { request } from "@/api";
import { ApplyFilterMutation, type Step, UndoFilterMutation } from "./documents";

const AT_ONCE = 1000;

export type Progress = { lookedAt: number; matched: number };
export type Applied = Progress & { steps: Step[]; problem: string | undefined };

/**
 * Goes through the folder until its end, or until the signal; what was done until then is done, also where the
 * server refuses to go on.
 */
export async function applyTo(
  filterId: string,
  mailboxId: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Applied> {
  const done: Applied = { lookedAt: 0, matched: 0, steps: [], problem: undefined };
  let after: string | null = null;
  do {
    let step: Step;
    try {
      const variables = { id: filterId, mailboxId, after };
      ({ step } = await request(ApplyFilterMutation, variables, { timeoutMs: 60_000 }));
    } catch (error) {
      return { ...done, problem: error instanceof Error ? error.message : String(error) };
    }
    done.steps.push(step);
    done.lookedAt += step.lookedAt;
    done.matched += step.matched;
    onProgress({ lookedAt: done.lookedAt, matched: done.matched });
    after = step.next;
  } while (after !== null && !signal.aborted);
  return done;
}

/** Puts back what was moved, takes marks off again, and bins what was copied. */
export async function takeBack(steps: readonly Step[], trashId: string | undefined): Promise<void> {
  for (const step of steps) {
    for (const { flag, ids } of step.marked) await change(ids, { removeFlags: [flag] });
    for (const { mailboxId, ids } of step.moved) await change(ids, { moveTo: mailboxId });
    if (trashId !== undefined) await change(step.copied, { moveTo: trashId });
  }
}

async function change(
  ids: readonly string[],
  to: { removeFlags?: string[]; moveTo?: string },
): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE)
    await request(UndoFilterMutation, { input: { ids: ids.slice(at, at + AT_ONCE), ...to } });
}
