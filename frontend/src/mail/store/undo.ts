/** What can be undone: the last 50 acts of this session, newest last. */
import type { Change } from "./types";

export type UndoStep = {
  id: number;
  label: string;
  inverse: readonly Change[];
  /** What takes it back where that is not for the store to do. */
  run: (() => void) | undefined;
  at: number;
};

const DEPTH = 50;

export class UndoHistory {
  #steps: UndoStep[] = [];
  #nextId = 1;

  get steps(): readonly UndoStep[] {
    return this.#steps;
  }

  push(label: string, inverse: readonly Change[], at: number): UndoStep | undefined {
    if (inverse.length === 0) return undefined;
    const step = { id: this.#nextId++, label, inverse, run: undefined, at };
    this.#steps = [...this.#steps, step].slice(-DEPTH);
    return step;
  }

  /** An act that something else takes back; `isOld` puts it before all that was done here. */
  pushRun(label: string, run: () => void, { at, isOld }: { at: number; isOld: boolean }): UndoStep {
    const step: UndoStep = { id: this.#nextId++, label, inverse: [], run, at };
    this.#steps = (isOld ? [step, ...this.#steps] : [...this.#steps, step]).slice(-DEPTH);
    return step;
  }

  /** Takes a step out: that one, or the newest. */
  take(id?: number): UndoStep | undefined {
    const step = id === undefined ? this.#steps.at(-1) : this.#steps.find((one) => one.id === id);
    this.#steps = this.#steps.filter((one) => one !== step);
    return step;
  }
}
