/** Why a request failed, in kinds that callers decide on. */
import { t } from "@lingui/core/macro";

/** `code` is what the server put into `extensions.code`, or one of ours: OFFLINE, TIMEOUT, PROTOCOL. */
export type ErrorCode =
  | "NOT_FOUND"
  | "CONFLICT"
  | "UNAUTHENTICATED"
  | "PERMISSION_DENIED"
  | "OVER_QUOTA"
  | "LIMIT_EXCEEDED"
  | "INVALID"
  | "TOO_LARGE"
  | "RATE_LIMITED"
  | "SYNC_LOST"
  | "UNAVAILABLE"
  | "OFFLINE"
  | "TIMEOUT"
  | "PROTOCOL";

const serverCodes: ReadonlySet<string> = new Set<ErrorCode>([
  "NOT_FOUND",
  "CONFLICT",
  "UNAUTHENTICATED",
  "PERMISSION_DENIED",
  "OVER_QUOTA",
  "LIMIT_EXCEEDED",
  "INVALID",
  "TOO_LARGE",
  "RATE_LIMITED",
  "SYNC_LOST",
  "UNAVAILABLE",
]);

export class ApiError extends Error {
  override name = "ApiError";
  readonly code: ErrorCode;
  /** The input at fault, where the server names one. */
  readonly field: string | undefined;
  /** To be found in the server's log. */
  readonly id: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    detail: { field?: string; id?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: detail.cause });
    this.code = code;
    this.field = detail.field;
    this.id = detail.id;
  }
}

/** One entry of `errors` in a GraphQL answer. */
export type GraphqlErrorEntry = { message?: unknown; extensions?: Record<string, unknown> };

export function fromGraphql(entry: GraphqlErrorEntry): ApiError {
  const extensions = entry.extensions ?? {};
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const code = text(extensions.code);
  return new ApiError(
    code !== undefined && serverCodes.has(code) ? (code as ErrorCode) : "UNAVAILABLE",
    text(entry.message) ?? t`The server could not do that`,
    { field: text(extensions.field), id: text(extensions.id) },
  );
}

export function isApiError(error: unknown, code?: ErrorCode): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code);
}
