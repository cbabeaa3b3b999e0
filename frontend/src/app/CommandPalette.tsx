/** Every command by name, with its key beside it, so that the palette teaches the keys. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowRight, Globe, Search, Settings, User } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "@/ui";
import { type PickItem, PickList } from "@/ui/PickList";
import { navigate } from "./location";
import { type Find, namedFinds, settingsFinds } from "./paletteFinds";
import { searchHref } from "./routes";
import { hasMail, useViewer } from "./session";
import { useAllCommands, useKeys } from "./shortcuts";

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const viewer = useViewer();
  const commands = useAllCommands().filter(
    (command) => command.label !== undefined && command.isEnabled !== false,
  );
  const keys = useKeys();
  const { finds, look } = useFinds();

  function items(text: string): PickItem[] {
    const list: PickItem[] = commands
      .filter((command) => command.id !== "palette")
      .map((command) => {
        return {
          id: command.id,
          label: command.label ?? "",
          icon: <ArrowRight />,
          shortcut: keys.shown(command.id),
          ...(command.group !== undefined && { group: command.group }),
        };
      });
    const sorted = [...new Set(list.map((item) => item.group))].flatMap((group) =>
      list.filter((item) => item.group === group),
    );
    if (text.trim() === "") return sorted;
    const named = finds.map(({ id, kind, label, keywords }) => ({
      id,
      label,
      keywords,
      group: kind === "settings" ? t`Settings` : kind === "person" ? t`People` : t`Domains`,
      icon: kind === "settings" ? <Settings /> : kind === "person" ? <User /> : <Globe />,
      isAlways: kind !== "settings",
    }));
    if (!hasMail(viewer)) return [...sorted, ...named];
    return [
      ...sorted,
      ...named,
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
    else {
      const command = commands.findLast((one) => one.id === id) ?? finds.find((one) => one.id === id);
      // The palette gives the focus back first: what the command opens gives it back to the same place.
      requestAnimationFrame(() => requestAnimationFrame(() => command?.run()));
    }
  }

  return (
    <Dialog open onClose={onClose} title={t`All commands`} hideTitle size="palette">
      <PickList
        label={t`All commands`}
        placeholder={t`What would you like to do?`}
        items={items}
        empty={<Trans>No such command.</Trans>}
        onText={look}
        onPick={pick}
      />
    </Dialog>
  );
}

const PAUSE_MS = 60;

/** What is found besides commands; what cannot be looked for is left out. */
function useFinds() {
  const viewer = useViewer();
  const [settings, setSettings] = useState<readonly Find[]>([]);
  const [named, setNamed] = useState<readonly Find[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef("");

  useEffect(() => {
    settingsFinds(viewer)
      .then(setSettings)
      .catch(() => undefined);
    return () => clearTimeout(timer.current);
  }, [viewer]);

  function look(text: string) {
    newest.current = text;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      namedFinds(text, viewer)
        .then((found) => {
          if (newest.current === text) setNamed(found);
        })
        .catch(() => undefined);
    }, PAUSE_MS);
  }
  return { finds: [...settings, ...named], look };
}
