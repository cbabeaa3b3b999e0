/**
 * A list of ids of which only some windows are known.
 *
 * Known parts are kept as runs: sorted, not overlapping, not touching. Every operation keeps the index of
 * each known id right, or forgets it: an id is never at a wrong place.
 */

type Run = { start: number; ids: string[] };

export class Windows {
  #total = 0;
  #runs: Run[] = [];

  get total(): number {
    return this.#total;
  }

  /** The id at an index, where known. */
  get(index: number): string | undefined {
    const run = this.#runs.find((one) => index >= one.start && index < one.start + one.ids.length);
    return run?.ids[index - run.start];
  }

  /** Index of an id, or -1 where it is not in a known part. */
  indexOf(id: string): number {
    for (const run of this.#runs) {
      const at = run.ids.indexOf(id);
      if (at >= 0) return run.start + at;
    }
    return -1;
  }

  /** All known ids with their indexes, ascending. */
  *known(): Generator<[index: number, id: string]> {
    for (const run of this.#runs) {
      for (let at = 0; at < run.ids.length; at += 1) {
        const id = run.ids[at];
        if (id !== undefined) yield [run.start + at, id];
      }
    }
  }

  /** Whether every index of [from, to) is known, as far as the list reaches. */
  has(from: number, to: number): boolean {
    const low = Math.max(0, from);
    const high = Math.min(to, this.#total);
    if (low >= high) return true;
    const run = this.#runs.find((one) => low >= one.start && low < one.start + one.ids.length);
    return run !== undefined && high <= run.start + run.ids.length;
  }

  /** Puts a window in place, over whatever was known there. Ids that stood elsewhere are forgotten there. */
  fill(offset: number, ids: readonly string[]): void {
    this.#forgetIndexes(offset, offset + ids.length);
    this.#forgetIds(new Set(ids));
    this.#runs.push({ start: offset, ids: [...ids] });
    this.#total = Math.max(this.#total, offset + ids.length);
    this.#join();
  }

  /** Forgets all that is known and takes a new length. */
  reset(total: number): void {
    this.#runs = [];
    this.#total = total;
  }

  /** Sets the length; what is known beyond it is forgotten. */
  setTotal(total: number): void {
    if (total < this.#total) this.#forgetIndexes(total, Number.POSITIVE_INFINITY);
    this.#total = total;
  }

  /**
   * Takes ids out of the list and closes the gaps; gives back the indexes they had, ascending.
   *
   * Ids that are not known anywhere cannot be located: the caller says by `unlocated` how many there are,
   * and everything after the first gap is forgotten, because its place can no longer be told.
   */
  remove(ids: ReadonlySet<string>, unlocated = 0): number[] {
    const indexes: number[] = [];
    let shift = 0;
    for (const run of this.#runs) {
      const start = run.start - shift;
      const kept: string[] = [];
      for (let at = 0; at < run.ids.length; at += 1) {
        const id = run.ids[at];
        if (id !== undefined && ids.has(id)) indexes.push(run.start + at);
        else if (id !== undefined) kept.push(id);
      }
      shift += run.ids.length - kept.length;
      run.start = start;
      run.ids = kept;
    }
    this.#total = Math.max(0, this.#total - indexes.length - unlocated);
    this.#join();
    if (unlocated > 0) this.#keepHeadOnly();
    return indexes;
  }

  /** Puts an id in the place of another. */
  replace(id: string, by: string): void {
    for (const run of this.#runs) {
      const at = run.ids.indexOf(id);
      if (at >= 0) run.ids[at] = by;
    }
  }

  /** Puts an id in front of what stands at `index`; later ids move on by one. */
  insert(index: number, id: string): void {
    const at = Math.min(Math.max(0, index), this.#total);
    const runs: Run[] = [];
    for (const run of this.#runs) {
      const end = run.start + run.ids.length;
      if (end <= at) runs.push(run);
      else if (run.start >= at) runs.push({ start: run.start + 1, ids: run.ids });
      else {
        runs.push({ start: run.start, ids: run.ids.slice(0, at - run.start) });
        runs.push({ start: at + 1, ids: run.ids.slice(at - run.start) });
      }
    }
    runs.push({ start: at, ids: [id] });
    this.#runs = runs;
    this.#total += 1;
    this.#join();
  }

  clone(): Windows {
    const copy = new Windows();
    copy.#total = this.#total;
    copy.#runs = this.#runs.map((run) => ({ start: run.start, ids: [...run.ids] }));
    return copy;
  }

  #keepHeadOnly(): void {
    this.#runs = this.#runs.filter((run) => run.start === 0);
  }

  #forgetIndexes(from: number, to: number): void {
    this.#runs = this.#runs.flatMap((run) => {
      const end = run.start + run.ids.length;
      if (end <= from || run.start >= to) return [run];
      const before = { start: run.start, ids: run.ids.slice(0, Math.max(0, from - run.start)) };
      const after = to >= end ? { start: end, ids: [] } : { start: to, ids: run.ids.slice(to - run.start) };
      return [before, after];
    });
  }

  #forgetIds(ids: ReadonlySet<string>): void {
    this.#runs = this.#runs.flatMap((run) => {
      if (!run.ids.some((id) => ids.has(id))) return [run];
      const parts: Run[] = [];
      let part: Run | undefined;
      run.ids.forEach((id, at) => {
        if (ids.has(id)) {
          part = undefined;
          return;
        }
        if (part === undefined) {
          part = { start: run.start + at, ids: [] };
          parts.push(part);
        }
        part.ids.push(id);
      });
      return parts;
    });
  }

  #join(): void {
    const sorted = this.#runs.filter((run) => run.ids.length > 0).sort((a, b) => a.start - b.start);
    const joined: Run[] = [];
    for (const run of sorted) {
      const last = joined.at(-1);
      if (last !== undefined && last.start + last.ids.length === run.start) last.ids.push(...run.ids);
      else joined.push(run);
    }
    this.#runs = joined;
  }
}
