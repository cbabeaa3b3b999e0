/** What is done with messages in the queue: said afterwards, and taken back where that is possible. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { request, type SpoolDetour } from "@/api";
import { toast } from "@/ui";
import { useAct } from "../shared/useAct";
import {
  DropSpoolMutation,
  HoldSpoolMutation,
  PrioritizeSpoolMutation,
  type QueuedRow,
  ReleaseSpoolMutation,
  RerouteSpoolMutation,
  ResetSpoolRouteMutation,
  RetrySpoolMutation,
  ReturnSpoolMutation,
} from "./documents";

export type Queued = Pick<QueuedRow, "id" | "isHeld" | "openCount">;
type PlainVerb = "retry" | "hold" | "release" | "return" | "drop" | "resetRoute";
export type Verb = PlainVerb | "reroute";
/** 1 goes before the others, -1 behind them. */
export type Priority = 1 | 0 | -1;

const mutations = {
  retry: RetrySpoolMutation,
  hold: HoldSpoolMutation,
  release: ReleaseSpoolMutation,
  return: ReturnSpoolMutation,
  drop: DropSpoolMutation,
  resetRoute: ResetSpoolRouteMutation,
};

/** What takes a verb back. */
const undone: Partial<Record<Verb, PlainVerb>> = {
  hold: "release",
  release: "hold",
  reroute: "resetRoute",
};

/** The messages of these that the verb would change. */
export function changeable(verb: Verb, messages: readonly Queued[]): Queued[] {
  return messages.filter(({ isHeld, openCount }) => {
    if (openCount === 0) return false;
    return !["retry", "hold", "release"].includes(verb) || isHeld === (verb === "release");
  });
}

/** Says what was done to how many messages. */
export function useSaid() {
  const { t } = useLingui();
  return function said(verb: Verb, count: number): string {
    if (count === 0) return t`Nothing of it waits for this any more`;
    switch (verb) {
      case "retry":
        return plural(count, { one: "# message is attempted now", other: "# messages are attempted now" });
      case "hold":
        return plural(count, { one: "# message is held", other: "# messages are held" });
      case "release":
        return plural(count, { one: "# message goes on its way", other: "# messages go on their way" });
      case "return":
        return plural(count, {
          one: "# message goes back to its sender",
          other: "# messages go back to their senders",
        });
      case "drop":
        return plural(count, { one: "# message was dropped", other: "# messages were dropped" });
      case "reroute":
        return plural(count, { one: "# message goes another way", other: "# messages go another way" });
      case "resetRoute":
        return plural(count, { one: "# message goes its usual way", other: "# messages go their usual way" });
    }
  };
}

export function useQueueActs() {
  const { t } = useLingui();
  const said = useSaid();
  const { act, isPending } = useAct();

  /** How many messages it changed; undefined where it was refused, which is said. */
  async function counted(verb: () => Promise<{ done: number | null }>): Promise<number | undefined> {
    let count: number | undefined;
    await act(async () => {
      try {
        count = (await verb()).done ?? 0;
      } catch (error) {
        toast({ text: error instanceof Error ? error.message : String(error), tone: "danger" });
      }
    });
    return count;
  }

  function order(verb: Verb, ids: readonly string[], to: SpoolDetour | undefined) {
    if (verb !== "reroute") return request(mutations[verb], { ids: [...ids] });
    return request(RerouteSpoolMutation, { ids: [...ids], to: to ?? {} });
  }

  async function run(
    verb: Verb,
    ids: readonly string[],
    { to, canUndo = true }: { to?: SpoolDetour | undefined; canUndo?: boolean } = {},
  ): Promise<void> {
    const count = await counted(() => order(verb, ids, to));
    if (count === undefined) return;
    const back = undone[verb];
    toast({
      text: said(verb, count),
      ...(canUndo &&
        count > 0 &&
        back !== undefined && {
          action: { label: t`Undo`, onAction: () => void run(back, ids, { canUndo: false }) },
        }),
    });
  }

  function hurried(priority: Priority, count: number): string {
    if (priority === 0)
      return plural(count, { one: "# message waits its turn", other: "# messages wait their turn" });
    return priority > 0
      ? plural(count, { one: "# message goes before the others", other: "# messages go before the others" })
      : plural(count, { one: "# message goes behind the others", other: "# messages go behind the others" });
  }

  async function prioritize(messages: readonly Queued[], priority: Priority): Promise<void> {
    const ids = messages.filter(({ openCount }) => openCount > 0).map(({ id }) => id);
    const count = await counted(() => request(PrioritizeSpoolMutation, { ids, priority }));
    if (count === undefined) return;
    toast({ text: count === 0 ? t`The priority is that already` : hurried(priority, count) });
  }

  return {
    isPending,
    prioritize,
    /** Does it with those of the messages that it would change. */
    run: (verb: Verb, messages: readonly Queued[], to?: SpoolDetour | undefined) =>
      run(
        verb,
        changeable(verb, messages).map(({ id }) => id),
        { to },
      ),
  };
}
