/** Puts one file on the server, with progress; the id goes into a draft's attachments. */
import { ApiError } from "./errors";

export type Uploaded = { id: string; name: string; size: number };

export function upload(
  file: File,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (share: number) => void } = {},
): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    // fetch() cannot tell how much of a body has gone.
    const sending = new XMLHttpRequest();
    sending.open("POST", "/files/uploads");
    sending.responseType = "json";
    sending.setRequestHeader("X-Postroom-CSRF", "1");
    sending.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    sending.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    sending.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    sending.onload = () => {
      const answer: unknown = sending.response;
      if (sending.status >= 200 && sending.status < 300 && isUploaded(answer)) resolve(answer);
      else reject(uploadError(sending.status));
    };
    sending.onerror = () => reject(new ApiError("OFFLINE", "The server cannot be reached"));
    sending.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    signal?.addEventListener("abort", () => sending.abort());
    sending.send(file);
  });
}

function isUploaded(value: unknown): value is Uploaded {
  return typeof value === "object" && value !== null && "id" in value && "name" in value && "size" in value;
}

function uploadError(status: number): ApiError {
  if (status === 413) return new ApiError("TOO_LARGE", "The file is too large");
  if (status === 401) return new ApiError("UNAUTHENTICATED", "Signed out");
  if (status === 429) return new ApiError("RATE_LIMITED", "Too many uploads, try again later");
  return new ApiError("UNAVAILABLE", `The server answered ${status}`);
}
