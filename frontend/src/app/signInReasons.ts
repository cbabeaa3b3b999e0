/** Why somebody was not signed in, in words that say what to do. */
import { t } from "@lingui/core/macro";
import { isApiError } from "@/api";

export function reasonOf(error: unknown): string {
  if (isApiError(error, "UNAUTHENTICATED") && error.field === "code") return t`This code is not right.`;
  if (
    isApiError(error, "UNAUTHENTICATED") ||
    isApiError(error, "PERMISSION_DENIED") ||
    isApiError(error, "NOT_FOUND")
  ) {
    return t`Address or password is wrong.`;
  }
  if (isApiError(error, "RATE_LIMITED")) return t`Too many attempts. Please wait a few minutes.`;
  if (isApiError(error, "OFFLINE") || isApiError(error, "TIMEOUT"))
    return t`The server cannot be reached. Please try again.`;
  return isApiError(error) ? error.message : t`That did not work. Please try again.`;
}
