/** What is being changed in a form of limits: values and ceilings, saved together, each refused by itself. */
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request, type SettingLevel } from "@/api";
import { toast } from "@/ui";
import { SetCeilingMutation, SetSettingMutation, type Setting } from "../documents";
import { asCeilings, changesOf, type Drafts } from "./limits";

type Errors = Readonly<Record<string, string>>;
type Draft = { values: Drafts; ceilings: Drafts };
const nothing: Draft = { values: {}, ceilings: {} };

export function useLimits(level: SettingLevel, targetId: string | null, settings: readonly Setting[]) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [drafts, setDrafts] = useState(nothing);
  const [errors, setErrors] = useState<Record<keyof Draft, Errors>>({ values: {}, ceilings: {} });
  const [isPending, setPending] = useState(false);
  const words = { unlimited: t`Unlimited` };
  const values = changesOf(settings, drafts.values, words);
  const ceilings = changesOf(asCeilings(settings), drafts.ceilings, words);
  const unreadable = values.unreadable.length + ceilings.unreadable.length;
  const count = values.changes.length + ceilings.changes.length + unreadable;

  function change(kind: keyof Draft, key: string, value: string | null) {
    setDrafts((before) => ({ ...before, [kind]: { ...before[kind], [key]: value } }));
    setErrors((before) => ({ ...before, [kind]: without(before[kind], [key]) }));
  }

  /** What may be typed, for who typed something else. */
  function wanted(key: string): string {
    switch (settings.find((setting) => setting.key === key)?.kind) {
      case "BYTES":
        return t`A size with its unit, such as 500 MB or 10 GB`;
      case "SECONDS":
        return t`A time with its unit, such as 30 seconds or 2 hours`;
      case "DAYS":
        return t`A number of days, such as 30 days or 2 weeks`;
      default:
        return t`A whole number, such as 500`;
    }
  }

  async function save() {
    if (unreadable > 0) {
      const marked = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, wanted(key)]));
      setErrors({ values: marked(values.unreadable), ceilings: marked(ceilings.unreadable) });
      return;
    }
    setPending(true);
    // Ceilings first: a value may need the room that a higher one gives.
    const limited = await saveAll(ceilings.changes, ({ setting: { key }, value }) =>
      request(SetCeilingMutation, { level, targetId, key, ceiling: value }),
    );
    const set = await saveAll(values.changes, ({ setting: { key }, value }) =>
      request(SetSettingMutation, { level, targetId, key, value }),
    );
    await client.invalidateQueries({ queryKey: ["admin"] });
    setDrafts((before) => ({
      values: without(before.values, set.saved),
      ceilings: without(before.ceilings, limited.saved),
    }));
    setErrors({ values: set.refused, ceilings: limited.refused });
    setPending(false);
    if (Object.keys({ ...set.refused, ...limited.refused }).length === 0) toast({ text: t`Saved` });
  }

  return {
    drafts,
    errors,
    isPending,
    count,
    words,
    changes: values.changes,
    ceilingChanges: ceilings.changes,
    isRefused: Object.keys({ ...errors.values, ...errors.ceilings }).length > 0,
    isTouched: (key: string) => drafts.values[key] !== undefined || drafts.ceilings[key] !== undefined,
    isMarked: (key: string) => errors.values[key] !== undefined || errors.ceilings[key] !== undefined,
    change,
    save,
    reset: () => {
      setDrafts(nothing);
      setErrors({ values: {}, ceilings: {} });
    },
  };
}

export type Limits = ReturnType<typeof useLimits>;

async function saveAll<C extends { setting: Setting }>(
  changes: readonly C[],
  one: (change: C) => Promise<unknown>,
) {
  const refused: Record<string, string> = {};
  const saved: string[] = [];
  for (const change of changes) {
    try {
      await one(change);
      saved.push(change.setting.key);
    } catch (error) {
      refused[change.setting.key] = error instanceof Error ? error.message : String(error);
    }
  }
  return { saved, refused };
}

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
