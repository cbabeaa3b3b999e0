/** An act on every message that matches: the server does a few thousand a call, it is called until none is left. */
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type ResultOf, request, type SpoolDetour } from "@/api";
import { toast } from "@/ui";
import { ActOnSpoolMutation } from "./documents";
import type { QueueFilters } from "./filters";
import { useSaid, type Verb } from "./useQueueActs";

const acts = {
  retry: "RETRY",
  hold: "HOLD",
  release: "RELEASE",
  return: "RETURN",
  drop: "DROP",
  reroute: "REROUTE",
  resetRoute: "RESET_ROUTE",
} as const;

export type Progress = { verb: Verb; lookedAt: number; changed: number };

export function useActOnAll() {
  const { t } = useLingui();
  const said = useSaid();
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const turn = useRef<AbortController>(undefined);

  // Nobody could stop it any more from another page.
  useEffect(() => () => turn.current?.abort(), []);

  async function run(verb: Verb, filters: QueueFilters, to?: SpoolDetour | undefined): Promise<void> {
    const own = new AbortController();
    turn.current = own;
    const wanted = {
      act: acts[verb],
      search: filters.search.trim() || null,
      domain: filters.domain.trim() || null,
      state: filters.state ?? null,
      to: to ?? null,
    };
    let [before, lookedAt, changed]: [string | null, number, number] = [null, 0, 0];
    setProgress({ verb, lookedAt, changed });
    try {
      do {
        const step: ResultOf<typeof ActOnSpoolMutation> = await request(ActOnSpoolMutation, {
          ...wanted,
          before,
        });
        before = step.actOnSpool?.before ?? null;
        lookedAt += step.actOnSpool?.lookedAt ?? 0;
        changed += step.actOnSpool?.changed ?? 0;
        if (!own.signal.aborted) setProgress({ verb, lookedAt, changed });
      } while (before !== null && !own.signal.aborted);
      toast({ text: before === null ? said(verb, changed) : `${t`Stopped.`} ${said(verb, changed)}` });
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
    }
    setProgress(undefined);
    await client.invalidateQueries({ queryKey: ["admin"] });
  }
  return { progress, run, stop: () => turn.current?.abort() };
}
