/** Short notices at the foot of the page: what happened, and the way to undo it. */

export type Toast = {
  id: number;
  text: string;
  tone: "plain" | "danger";
  action: { label: string; onAction: () => void } | undefined;
  /** How far work under way is, 0 to 1. */
  progress: number | undefined;
  until: number;
  onDismiss: (() => void) | undefined;
};
export type ToastInput = {
  text: string;
  tone?: Toast["tone"];
  action?: Toast["action"];
  progress?: number;
  /** How long it stays; notices with an action stay 10 s, others 5 s. Infinity: until it is dismissed. */
  durationMs?: number;
  /** Called when it is dismissed by hand. */
  onDismiss?: () => void;
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
  const added: Toast = {
    id,
    text: input.text,
    tone: input.tone ?? "plain",
    action: input.action,
    progress: input.progress,
    until: Date.now() + durationMs,
    onDismiss: input.onDismiss,
  };
  // What tells of work under way stays; of the others the newest.
  const passing = toasts.filter((entry) => entry.until !== Number.POSITIVE_INFINITY).slice(1 - shown);
  set([
    ...toasts.filter((entry) => entry.until === Number.POSITIVE_INFINITY || passing.includes(entry)),
    added,
  ]);
  if (durationMs !== Number.POSITIVE_INFINITY) setTimeout(() => dismissToast(id), durationMs);
  return id;
}

/** Says something else in a notice that is shown. */
export function updateToast(id: number, input: Pick<ToastInput, "text" | "action" | "progress">): void {
  set(toasts.map((entry) => (entry.id === id ? { ...entry, ...input } : entry)));
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
