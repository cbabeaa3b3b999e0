/** One GraphQL request over HTTP: persisted document, session cookie, CSRF header, time limit, typed errors. */
import { t } from "@lingui/core/macro";
import { locale } from "@/lib/locale";
import { type GraphqlDocument, hashOf } from "./documents";
import { ApiError, fromGraphql, type GraphqlErrorEntry } from "./errors";

export type RequestOptions = {
  signal?: AbortSignal;
  timeoutMs?: number;
  /** It arrives even where the page is left at once. */
  outlivesPage?: boolean;
};
type Answer = { data?: unknown; errors?: GraphqlErrorEntry[] };

const endpoint = "/graphql";
const defaultTimeoutMs = 20_000;
/** Browsers send up to 64 KiB for pages that are gone, and refuse more. */
const KEEPALIVE_CHARS = 20_000;
/** What stands before a server that is down says so: for the page that is no connection. */
const GATEWAY = [502, 503, 504];

let onUnauthenticated: (askedAt: number) => void = () => undefined;

/** Called whenever the server says that the session is over, with when it was asked (ms of `performance.now()`). */
export function setUnauthenticatedHandler(handler: (askedAt: number) => void): void {
  onUnauthenticated = handler;
}

/** Sends a document; resolves with its data, or rejects with an ApiError (or an AbortError when aborted). */
export async function request<Result, Variables>(
  document: GraphqlDocument<Result, Variables>,
  ...[variables, options = {}]: Variables extends Record<string, never>
    ? [variables?: Variables, options?: RequestOptions]
    : [variables: Variables, options?: RequestOptions]
): Promise<Result> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  const askedAt = performance.now();
  const body = JSON.stringify({ documentId: hashOf(document), variables: variables ?? {} });
  const keepalive = options.outlivesPage === true && body.length <= KEEPALIVE_CHARS;
  const answer = await post(body, { signal, keepalive });
  const first = answer.errors?.[0];
  if (first !== undefined) {
    const error = fromGraphql(first);
    if (error.code === "UNAUTHENTICATED") onUnauthenticated(askedAt);
    throw error;
  }
  if (answer.data === undefined || answer.data === null)
    throw new ApiError("PROTOCOL", t`The answer is empty`);
  return answer.data as Result;
}

async function post(body: string, options: { signal: AbortSignal; keepalive: boolean }): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(endpoint, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json, application/json",
        "Accept-Language": locale(),
        "X-Postroom-CSRF": "1",
      },
      body,
      ...options,
    });
  } catch (cause) {
    throw transportError(cause);
  }
  const answer = await readAnswer(response);
  if (answer !== null) return answer;
  if (response.status === 413)
    throw new ApiError("TOO_LARGE", t`This is more than the server takes at once. Make it shorter.`);
  if (response.ok) throw new ApiError("PROTOCOL", t`The answer cannot be read`);
  throw new ApiError(
    GATEWAY.includes(response.status) ? "OFFLINE" : "UNAVAILABLE",
    t`The server is not ready (${response.status}). Try again in a minute.`,
  );
}

async function readAnswer(response: Response): Promise<Answer | null> {
  try {
    const answer: unknown = await response.json();
    if (typeof answer !== "object" || answer === null) return null;
    return "data" in answer || "errors" in answer ? (answer as Answer) : null;
  } catch (cause) {
    if (cause instanceof DOMException) throw transportError(cause);
    return null;
  }
}

function transportError(cause: unknown): unknown {
  if (cause instanceof DOMException && cause.name === "TimeoutError") {
    return new ApiError("TIMEOUT", t`The server does not answer. Try again in a minute.`, { cause });
  }
  if (cause instanceof DOMException && cause.name === "AbortError") return cause;
  return new ApiError("OFFLINE", t`The server cannot be reached. Check your connection and try again.`, {
    cause,
  });
}
