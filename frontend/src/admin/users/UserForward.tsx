/** Where a user's mail goes on to. */
import { useLingui } from "@lingui/react/macro";
import { request } from "@/api";
import { ForwardForm, ForwardQuery, SetForwardMutation } from "@/forwarding";
import { toast } from "@/ui";
import { Loaded } from "@/ui/Loaded";
import { useAct } from "../shared/useAct";
import { useAdminQuery } from "../shared/useAdminQuery";

export function UserForward({ userId }: { userId: string }) {
  const { t } = useLingui();
  const query = useAdminQuery("forward", ForwardQuery, { userId });
  const { act, isPending, refusal } = useAct();

  async function save(targets: string[], keepsCopy: boolean) {
    if (await act(() => request(SetForwardMutation, { userId, targets, keepsCopy })))
      toast({ text: t`Forwarding saved` });
  }
  return (
    <Loaded query={query}>
      {({ forward }) => (
        <ForwardForm
          key={`${forward.targets.join(" ")} ${forward.keepsCopy}`}
          forward={forward}
          isPending={isPending}
          refusal={refusal?.message}
          onSave={(targets, keepsCopy) => void save(targets, keepsCopy)}
        />
      )}
    </Loaded>
  );
}
