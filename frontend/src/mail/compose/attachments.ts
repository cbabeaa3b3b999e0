/** Files of a draft: what fits, and which file of the saved draft is which of ours. */
import type { Attachment } from "./types";

/** Base64 makes three bytes four, and lines add a little (RFC 2045 §6.8). */
const ENCODING = 4 / 3 + 0.04;
const ROOM_FOR_TEXT = 16_384;

/** Bytes of files that a message of that size can carry. */
export function roomFor(maxMessageBytes: number, present: readonly Attachment[]): number {
  const used = present.reduce(
    (sum, file) => sum + (file.error === null && file.link === undefined ? file.sizeBytes : 0),
    0,
  );
  return Math.floor((maxMessageBytes - ROOM_FOR_TEXT) / ENCODING) - used;
}

/** Those of the new files that fit, in order, and those that do not. */
export function sortBySize(
  files: readonly File[],
  present: readonly Attachment[],
  maxMessageBytes: number,
): { fitting: File[]; tooLarge: File[] } {
  let room = roomFor(maxMessageBytes, present);
  const fitting: File[] = [];
  const tooLarge: File[] = [];
  for (const file of files) {
    if (file.size <= room) {
      room -= file.size;
      fitting.push(file);
    } else tooLarge.push(file);
  }
  return { fitting, tooLarge };
}

/** Files that are better sent as a link, and the rest. */
export function partByLink(
  files: readonly File[],
  present: readonly Attachment[],
  maxMessageBytes: number,
  limits: { maxBytes: number; offerBytes: number },
): { large: File[]; rest: File[]; canAttach: boolean } {
  const fits = sortBySize(files, present, maxMessageBytes).fitting;
  const large = files.filter(
    (file) => file.size <= limits.maxBytes && (file.size > limits.offerBytes || !fits.includes(file)),
  );
  return {
    large,
    rest: files.filter((file) => !large.includes(file)),
    canAttach: large.every((file) => fits.includes(file)),
  };
}

/** Without the pictures that the text shows no more: what was taken out of the text does not leave unseen. */
export function withoutUnseen(files: readonly Attachment[], html: string): Attachment[] {
  const named = new Set<string>();
  for (const [, id = ""] of html.matchAll(/\bcid:([^\s"'<>()]+)/gi)) {
    const plain = id.replace(/&amp;/g, "&");
    named.add(plain);
    try {
      named.add(decodeURIComponent(plain));
    } catch {
      // A sign of percent that encodes nothing stands for itself.
    }
  }
  return files.filter((file) => file.contentId === null || named.has(file.contentId));
}

export type SavedFile = {
  id: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  contentId: string | null;
};

/**
 * The new ids of files after a save, by our keys: every save makes a new message and so new part numbers.
 *
 * Pictures are known by their content id, other files by their name and, among equal names, by their order.
 */
export function matchSaved(sent: readonly Attachment[], saved: readonly SavedFile[]): Map<string, string> {
  const left = [...saved];
  const ids = new Map<string, string>();
  const take = (key: string, isIt: (file: SavedFile) => boolean) => {
    const index = left.findIndex(isIt);
    if (index < 0) return false;
    ids.set(key, left.splice(index, 1)[0]?.id ?? "");
    return true;
  };
  for (const file of sent) {
    if (file.contentId === null) continue;
    take(file.key, (one) => one.contentId === file.contentId);
  }
  for (const file of sent) {
    if (ids.has(file.key)) continue;
    // A picture that the text no longer shows comes back as a plain file.
    if (!take(file.key, (one) => one.name === file.name && one.contentId === null))
      take(file.key, (one) => one.contentType === file.contentType);
  }
  return ids;
}

/**
 * Files after an earlier save turned out to have arrived: those of the draft's last form are in the new one.
 *
 * Only a file that is surely the same is taken; for another one the reason is given.
 */
export function caughtUp(
  files: readonly Attachment[],
  serverId: string | null,
  saved: readonly SavedFile[],
  lost: string,
): Attachment[] {
  const stale = files.filter((file) => serverId !== null && file.id?.startsWith(`${serverId}:`));
  const ids = matchSaved(stale, saved);
  return files.map((file) => {
    if (!stale.includes(file)) return file;
    const same = saved.find(({ id, name }) => id === ids.get(file.key) && name === file.name);
    return same === undefined ? { ...file, id: null, error: lost } : { ...file, id: same.id };
  });
}
