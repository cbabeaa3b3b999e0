/** Puts one file on the server, with progress; the id goes into a draft's attachments. */
import { t } from "@lingui/core/macro";
import { locale } from "@/lib/locale";
import { ApiError, type ErrorCode } from "./errors";

export type Uploaded = { id: string; name: string; size: number };
export type UploadOptions = {
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
  headers?: Record<string, string>;
};

export function upload(file: File, options: UploadOptions = {}): Promise<Uploaded> {
  return uploadTo("/files/uploads", file, isUploaded, options);
}

/** Sends a file to a path that answers with JSON; `isIt` tells whether the answer is what is expected. */
export function uploadTo<T>(
  path: string,
  file: File,
  isIt: (answer: unknown) => answer is T,
  { signal, onProgress, headers = {} }: UploadOptions = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    // fetch() cannot tell how much of a body has gone.
    const sending = new XMLHttpRequest();
    sending.open("POST", path);
    sending.responseType = "json";
    sending.setRequestHeader("X-Postroom-CSRF", "1");
    sending.setRequestHeader("Accept-Language", locale());
    sending.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    sending.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value);
    sending.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    sending.onload = () => {
      const answer: unknown = sending.response;
      if (sending.status >= 200 && sending.status < 300 && isIt(answer)) resolve(answer);
      else reject(uploadError(sending.status, answer));
    };
    sending.onerror = () =>
      reject(new ApiError("OFFLINE", t`The server cannot be reached. Check your connection and try again.`));
    sending.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    signal?.addEventListener("abort", () => sending.abort());
    sending.send(file);
  });
}

function isUploaded(value: unknown): value is Uploaded {
  return typeof value === "object" && value !== null && "id" in value && "name" in value && "size" in value;
}

function uploadError(status: number, answer: unknown): ApiError {
  const [code, text] = reasonOf(status);
  const said =
    typeof answer === "object" && answer !== null && "message" in answer ? answer.message : undefined;
  return new ApiError(code, typeof said === "string" ? said : text);
}

/** For a proxy's answers, which say nothing. */
function reasonOf(status: number): [ErrorCode, string] {
  if (status === 413) return ["TOO_LARGE", t`The file is too large`];
  if (status === 401) return ["UNAUTHENTICATED", t`Signed out`];
  if (status === 429) return ["RATE_LIMITED", t`Too many uploads, try again later`];
  if (status === 507) return ["OVER_QUOTA", t`Your mailbox is full`];
  return ["UNAVAILABLE", t`The server is not ready (${status}). Try again in a minute.`];
}
