/** Who is signed in. One store for the whole page; the server's cookie is the truth behind it. */
import { useSyncExternalStore } from "react";
import {
  graphql,
  isApiError,
  type Permission,
  type ResultOf,
  request,
  setUnauthenticatedHandler,
  type ViewerFieldsFragment,
} from "@/api";
import { askPasskey } from "@/lib/passkeys";
import { forgetKept, takeKept } from "./kept";
import { forgetDevice, type LastSession, lastSession, rememberSession } from "./lastSession";

export type Viewer = ViewerFieldsFragment;
export type Instance = ResultOf<typeof SessionQuery>["instance"];

export type Session =
  | { status: "loading" }
  | { status: "failed"; error: Error }
  | { status: "signedOut"; instance: Instance }
  /** `isExpired`: the server ended the session while the page is in use. */
  | { status: "signedIn"; instance: Instance; viewer: Viewer; isExpired: boolean };

/** A session once the server (or the network) has answered. */
export type KnownSession = Exclude<Session, { status: "loading" }>;

export const ViewerFields = graphql(`
  fragment ViewerFields on Viewer {
    id
    name
    address
    role
    permissions
    domain { id name }
    quota { usedBytes limitBytes }
    identities { name address mode ownName replyTo isDefault signatureId replySignatureId }
    undoSeconds
    writesPlainText
    maxMessageBytes
    maxRecipients
    moderatesLists
    mustSetUpTwoStep
    preferences { name value }
  }
`);

const SessionQuery = graphql(`
  query Session {
    instance { isSetUp hostname version }
    viewer { ...ViewerFields }
  }
`);

export type SessionAnswer = ResultOf<typeof SessionQuery>;

const SignInMutation = graphql(`
  mutation SignIn($login: String!, $password: String!) {
    signIn(login: $login, password: $password) {
      viewer { ...ViewerFields }
      secondStep { ticket methods passkeyOptions }
    }
  }
`);

const FinishSignInMutation = graphql(`
  mutation FinishSignIn($ticket: String!, $code: String, $passkey: String) {
    finishSignIn(ticket: $ticket, code: $code, passkey: $passkey) { viewer { ...ViewerFields } }
  }
`);

const BeginPasskeySignInMutation = graphql(`
  mutation BeginPasskeySignIn {
    beginPasskeySignIn { ticket options }
  }
`);

/** The password was right, and this is asked for besides. */
export type SecondStep = NonNullable<ResultOf<typeof SignInMutation>["signIn"]["secondStep"]>;

const SignOutMutation = graphql(`
  mutation SignOut {
    signOut
  }
`);

let session: Session = { status: "loading" };
let loading: Promise<KnownSession> | undefined;
/** When one signed in here last (ms of `performance.now()`). */
let enteredAt = 0;
const listeners = new Set<() => void>();
const resumed = new Set<() => void>();
const leaving = new Set<() => Promise<void>>();

function set<S extends Session>(next: S): S {
  session = next;
  if (next.status === "signedIn") takeKept(next.viewer.id, next.viewer.preferences);
  for (const listener of listeners) listener();
  return next;
}

/** Takes the answer to a question asked before this code was here; without one it asks itself. */
export function beginSession(answer: Promise<SessionAnswer | null>): void {
  loading = orFailed(answer.then((known) => (known === null ? refreshSession() : take(known))));
}

/**
 * Goes on as whoever was signed in here last, until the server has answered. Choices are not taken from that: what
 * the browser remembers of them is newer.
 */
export function resumeSession({ instance, viewer }: LastSession): KnownSession {
  const resumed: KnownSession = { status: "signedIn", instance, viewer, isExpired: false };
  session = resumed;
  for (const listener of listeners) listener();
  return resumed;
}

/** Asks the server who is signed in, once; later calls wait for the same answer. */
export function loadSession(): Promise<KnownSession> {
  loading ??= orFailed(refreshSession());
  return loading;
}

function orFailed(answer: Promise<KnownSession>): Promise<KnownSession> {
  return answer.catch((error: unknown) => {
    loading = undefined;
    // Who was signed in here goes on with what this device keeps; the server decides again when it answers.
    const last = isApiError(error, "OFFLINE") ? lastSession() : null;
    if (last !== null) return set({ status: "signedIn", ...last, isExpired: false });
    const failed: KnownSession = {
      status: "failed",
      error: error instanceof Error ? error : new Error(String(error)),
    };
    return set(failed);
  });
}

/** Asks again: after set-up, or when quota or permissions may have changed. */
export async function refreshSession(): Promise<KnownSession> {
  return take(await request(SessionQuery));
}

function take({ instance, viewer }: SessionAnswer): KnownSession {
  const next: KnownSession =
    viewer === null
      ? { status: "signedOut", instance }
      : { status: "signedIn", instance, viewer, isExpired: false };
  rememberSession(viewer === null ? null : { instance, viewer });
  loading = Promise.resolve(next);
  return set(next);
}

/** Asks again how things stand with the one who is signed in (quota, permissions), without leaving the page. */
export async function refreshViewer(): Promise<void> {
  const { viewer } = await request(SessionQuery);
  if (session.status !== "signedIn") return;
  set(viewer === null ? { ...session, isExpired: true } : { ...session, viewer });
}

/** The second step, where one is asked for. */
export async function signIn(login: string, password: string): Promise<SecondStep | null> {
  const { signIn: answer } = await request(SignInMutation, { login, password });
  if (answer.viewer !== null) await enter(answer.viewer);
  return answer.secondStep;
}

export async function finishSignIn(
  ticket: string,
  answer: { code?: string; passkey?: string },
): Promise<void> {
  const { finishSignIn: done } = await request(FinishSignInMutation, { ticket, ...answer });
  if (done.viewer !== null) await enter(done.viewer);
}

/** False where the person turned away from the browser's question. */
export async function signInWithPasskey(): Promise<boolean> {
  const { beginPasskeySignIn: asked } = await request(BeginPasskeySignInMutation);
  const passkey = await askPasskey(asked.options);
  if (passkey === null) return false;
  await finishSignIn(asked.ticket, { passkey });
  return true;
}

async function enter(viewer: Viewer): Promise<void> {
  const before = session;
  if (before.status === "signedIn" && before.viewer.id !== viewer.id) {
    // Somebody else: nothing of the one before may stay in memory.
    location.assign("/");
    return;
  }
  if (before.status === "loading" || before.status === "failed") {
    await refreshSession();
    return;
  }
  enteredAt = performance.now();
  const next: Session = {
    status: "signedIn",
    instance: before.instance,
    viewer,
    isExpired: false,
  };
  rememberSession({ instance: next.instance, viewer });
  loading = Promise.resolve(next);
  set(next);
  if (before.status === "signedIn") for (const listener of resumed) listener();
}

/** Ends the session and leaves nothing of it in this page's memory. */
export async function signOut(): Promise<void> {
  await Promise.allSettled([...leaving].map((bring) => bring()));
  try {
    await request(SignOutMutation);
  } catch (error) {
    if (!isApiError(error, "UNAUTHENTICATED")) throw error;
  }
  forgetKept();
  rememberSession(null);
  await forgetDevice();
  location.assign("/signin");
}

/** Called before somebody signs out, while the server still takes what is theirs. */
export function onSigningOut(bring: () => Promise<void>): void {
  leaving.add(bring);
}

/** Called when a session that ended was taken up again: what was on screen may be out of date. */
export function onResumed(listener: () => void): () => void {
  resumed.add(listener);
  return () => resumed.delete(listener);
}

/** Resolves when the session that ended is taken up again; at once when none has ended. */
export function untilResumed(): Promise<void> {
  if (session.status !== "signedIn" || !session.isExpired) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = onResumed(() => {
      stop();
      resolve();
    });
  });
}

setUnauthenticatedHandler((askedAt) => {
  // Asked in the session that had ended, answered after one signed in again.
  if (askedAt < enteredAt) return;
  if (session.status === "signedIn" && !session.isExpired) set({ ...session, isExpired: true });
});

export function currentSession(): Session {
  return session;
}

export function useSession(): Session {
  return useSyncExternalStore(subscribe, currentSession);
}

/** The one who is signed in; only for pages that are shown to nobody else. */
export function useViewer(): Viewer {
  const current = useSession();
  if (current.status !== "signedIn") throw new Error("Nobody is signed in");
  return current.viewer;
}

/** Whether the viewer has a permission. It decides what is shown; the server decides what is done. */
export function useCan(permission: Permission): boolean {
  const current = useSession();
  return current.status === "signedIn" && current.viewer.permissions.includes(permission);
}

const adminPermissions: readonly Permission[] = ["DOMAIN_READ", "USERS_READ", "SYSTEM_READ", "SPOOL_READ"];

export function hasMail(viewer: Viewer): boolean {
  return viewer.address !== null && viewer.permissions.includes("MAIL_USE");
}

export function hasAdmin(viewer: Viewer): boolean {
  return adminPermissions.some((permission) => viewer.permissions.includes(permission));
}

/** Where somebody starts. */
export function homeOf(viewer: Viewer): "/mail/inbox" | "/admin" {
  return hasMail(viewer) ? "/mail/inbox" : "/admin";
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
