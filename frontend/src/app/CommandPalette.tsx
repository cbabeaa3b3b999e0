/** Every command by name, with its key beside it, so that the palette teaches the keys. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowRight, Search } from "lucide-react";
import { showChord } from "@/lib/keys";
import { Dialog } from "@/ui";
import { type PickItem, PickList } from "@/ui/PickList";
import { navigate } from "./location";
import { searchHref } from "./routes";
import { hasMail, useViewer } from "./session";
import { useAllCommands } from "./shortcuts";

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const viewer = useViewer();
  const commands = useAllCommands().filter(
    (command) => command.label !== undefined && command.isEnabled !== false,
  );

  function items(text: string): PickItem[] {
    const list: PickItem[] = commands
      .filter((command) => command.id !== "palette")
      .map((command) => {
        const keys = command.keys?.[0];
        return {
          id: command.id,
          label: command.label ?? "",
          icon: <ArrowRight />,
          ...(command.group !== undefined && { group: command.group }),
          ...(keys !== undefined && { shortcut: showChord(keys) }),
        };
      });
    const sorted = [...new Set(list.map((item) => item.group))].flatMap((group) =>
      list.filter((item) => item.group === group),
    );
    if (text.trim() === "" || !hasMail(viewer)) return sorted;
    return [
      ...sorted,
      {
        id: "search:",
        label: t`Search mail for “${text.trim()}”`,
        group: t`Search`,
        icon: <Search />,
        isAlways: true,
      },
    ];
  }

  function pick(id: string, text: string) {
    onClose();
    if (id === "search:") navigate(searchHref({ q: text.trim() }));
    else commands.findLast((command) => command.id === id)?.run();
  }

  return (
    <Dialog open onClose={onClose} title={t`All commands`} hideTitle size="palette">
      <PickList
        label={t`All commands`}
        placeholder={t`What would you like to do?`}
        items={items}
        empty={<Trans>No such command.</Trans>}
        onPick={pick}
      />
    </Dialog>
  );
}
