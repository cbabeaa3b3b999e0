/** Short notices at the foot of the page: what happened, and the way to undo it. */

export type Toast = {
  id: number;
  text: string;
  tone: "plain" | "danger";
  action: { label: string; onAction: () => void } | undefined;
  until: number;
};
export type ToastInput = {
  text: string;
  tone?: Toast["tone"];
  action?: Toast["action"];
  /** How long it stays; notices with an action stay 10 s, others 5 s. */
  durationMs?: number;
};

const shown = 3;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a notice and gives back its id. */
export function toast(input: ToastInput): number {
  const durationMs = input.durationMs ?? (input.action === undefined ? 5_000 : 10_000);
  const id = nextId++;
  set(
    [
      ...toasts,
      {
        id,
        text: input.text,
        tone: input.tone ?? "plain",
        action: input.action,
        until: Date.now() + durationMs,
      },
    ].slice(-shown),
  );
  setTimeout(() => dismissToast(id), durationMs);
  return id;
}

export function dismissToast(id: number): void {
  if (toasts.some((entry) => entry.id === id)) set(toasts.filter((entry) => entry.id !== id));
}

export const toastStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: () => toasts,
};
