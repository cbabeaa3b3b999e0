/** What can be undone: the last 50 acts of this session, newest last. */
import type { Change } from "./types";

export type UndoStep = { id: number; label: string; inverse: readonly Change[]; at: number };

const DEPTH = 50;

export class UndoHistory {
  #steps: UndoStep[] = [];
  #nextId = 1;

  get steps(): readonly UndoStep[] {
    return this.#steps;
  }

  push(label: string, inverse: readonly Change[], at: number): UndoStep | undefined {
    if (inverse.length === 0) return undefined;
    const step = { id: this.#nextId++, label, inverse, at };
    this.#steps = [...this.#steps, step].slice(-DEPTH);
    return step;
  }

  /** Takes a step out: that one, or the newest. */
  take(id?: number): UndoStep | undefined {
    const step = id === undefined ? this.#steps.at(-1) : this.#steps.find((one) => one.id === id);
    this.#steps = this.#steps.filter((one) => one !== step);
    return step;
  }
}
