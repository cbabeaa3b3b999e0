/** What the user chose for folders, on all devices (app/kept): colour, favourite, whether its children are hidden. */
import { keep, useKept } from "@/app";

export type FolderChoice = { hue?: number; isFavourite?: boolean; isClosed?: boolean };

export function choiceOf(kept: Readonly<Record<string, unknown>>, id: string): FolderChoice {
  const value = kept[`folder:${id}`];
  if (typeof value !== "object" || value === null) return {};
  const { hue, isFavourite, isClosed } = value as Record<string, unknown>;
  return {
    ...(typeof hue === "number" && hue >= 0 && hue < 7 && { hue: Math.floor(hue) }),
    ...(isFavourite === true && { isFavourite }),
    ...(isClosed === true && { isClosed }),
  };
}

export function useFolderChoices(): (id: string) => FolderChoice {
  const kept = useKept();
  return (id) => choiceOf(kept, id);
}

export function keepFolder(id: string, choice: FolderChoice): void {
  const { hue, isFavourite, isClosed } = choice;
  const isPlain = hue === undefined && !isFavourite && !isClosed;
  keep(`folder:${id}`, isPlain ? undefined : { hue, isFavourite, isClosed });
}
