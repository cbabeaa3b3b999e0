/** What is done with messages in the queue: said afterwards, and taken back where that is possible. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { request } from "@/api";
import { toast } from "@/ui";
import {
  DropSpoolMutation,
  HoldSpoolMutation,
  type QueuedRow,
  ReleaseSpoolMutation,
  RetrySpoolMutation,
} from "../documents";
import { useAct } from "../shared/useAct";

export type Queued = Pick<QueuedRow, "id" | "isHeld" | "openCount">;
type Verb = "retry" | "hold" | "release" | "drop";

const mutations = {
  retry: RetrySpoolMutation,
  hold: HoldSpoolMutation,
  release: ReleaseSpoolMutation,
  drop: DropSpoolMutation,
};

/** The messages of these that the verb would change. */
export function changeable(verb: Verb, messages: readonly Queued[]): Queued[] {
  return messages.filter(({ isHeld, openCount }) => {
    if (openCount === 0) return false;
    return verb === "drop" || isHeld === (verb === "release");
  });
}

export function useQueueActs() {
  const { t } = useLingui();
  const { act, isPending } = useAct();

  function said(verb: Verb, count: number): string {
    if (count === 0) return t`Nothing of it waits for this any more`;
    switch (verb) {
      case "retry":
        return plural(count, { one: "# message is attempted now", other: "# messages are attempted now" });
      case "hold":
        return plural(count, { one: "# message is held", other: "# messages are held" });
      case "release":
        return plural(count, { one: "# message goes on its way", other: "# messages go on their way" });
      case "drop":
        return plural(count, { one: "# message was dropped", other: "# messages were dropped" });
    }
  }

  async function run(verb: Verb, ids: readonly string[], canUndo = true): Promise<void> {
    let count = 0;
    let failure = "";
    await act(async () => {
      try {
        count = (await request(mutations[verb], { ids: [...ids] })).done ?? 0;
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      }
    });
    if (failure !== "") {
      toast({ text: failure, tone: "danger" });
      return;
    }
    const back = verb === "hold" ? "release" : verb === "release" ? "hold" : undefined;
    toast({
      text: said(verb, count),
      ...(canUndo &&
        count > 0 &&
        back !== undefined && {
          action: { label: t`Undo`, onAction: () => void run(back, ids, false) },
        }),
    });
  }

  return {
    isPending,
    /** Does it with those of the messages that it would change. */
    run: (verb: Verb, messages: readonly Queued[]) =>
      run(
        verb,
        changeable(verb, messages).map(({ id }) => id),
      ),
  };
}
