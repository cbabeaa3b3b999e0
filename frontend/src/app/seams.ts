/**
 * What the shell and its lazy parts know of each other.
 *
 * Each part is a module whose index.ts exports what stands here; the shell loads it by dynamic import.
 */
import type { ComponentType } from "react";

/** Why a composer is opened. Ids are those of the API. */
export type ComposeIntent =
  | { kind: "new"; to?: string[]; cc?: string[]; bcc?: string[]; subject?: string; text?: string }
  | { kind: "reply" | "replyAll" | "forward"; messageId: string }
  | { kind: "draft"; messageId: string }
  /** As files of their own. */
  | { kind: "attach"; messageIds: readonly string[] };

/** `src/mail/compose/index.ts`. The host is mounted once, over every route, and survives navigation. */
export type ComposeModule = {
  ComposeHost: ComponentType;
  /** Resolves when the message is on screen, or it was said why it is not; given up by the signal. */
  openCompose: (intent: ComposeIntent, signal: AbortSignal) => Promise<void>;
  /** Fetches what the first message needs beyond this module. */
  prepareToWrite: () => void;
  /** What a window of its own shows: the message with this key, or one that begins. */
  ComposePage: ComponentType<ComposePlace>;
};

/** Which message a window of its own has: one that is being written, or a new one. */
export type ComposePlace = { messageKey: string | undefined; intent: ComposeIntent | undefined };

/** `src/admin/index.ts`. `path` is what follows /admin/, without slashes at its ends ("domains/1234"). */
export type AdminModule = {
  AdminPage: ComponentType<{ path: string }>;
  /** Lists that the viewer owns or moderates; `path` is what follows /lists/. */
  ModeratedListsPage: ComponentType<{ path: string }>;
};

/** `src/settings/index.ts`. `path` is what follows /settings/, without slashes at its ends. */
export type SettingsModule = { SettingsPage: ComponentType<{ path: string }>; RequiredPage: ComponentType };

/** `src/setup/index.ts`. `onDone` is called when somebody is signed in; the shell takes them to their first page. */
export type SetupModule = { SetupPage: ComponentType<{ hostname: string; onDone: () => void }> };
