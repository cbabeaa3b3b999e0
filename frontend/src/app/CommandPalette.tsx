/** Every command by name, with its key beside it, so that the palette teaches the keys. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Activity, ArrowRight, Globe, Search, Settings, User } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "@/ui";
import { type PickItem, PickList } from "@/ui/PickList";
import { navigate } from "./location";
import { type Find, namedFinds, placeFinds } from "./paletteFinds";
import { searchHref } from "./routes";
import { hasMail, useViewer } from "./session";
import { useAllCommands, useKeys } from "./shortcuts";

const icons = { settings: <Settings />, admin: <Activity />, person: <User />, domain: <Globe /> };

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const viewer = useViewer();
  const commands = useAllCommands().filter(
    (command) => command.label !== undefined && command.isEnabled !== false,
  );
  const keys = useKeys();
  const { finds, isLooking, look } = useFinds();

  const groups = {
    settings: t`Settings`,
    admin: t`Administration`,
    person: t`People`,
    domain: t`Domains`,
  };

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
      group: groups[kind],
      icon: icons[kind],
      isAlways: kind === "person" || kind === "domain",
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
        isComing={isLooking}
        onText={look}
        onPick={pick}
      />
    </Dialog>
  );
}

const PAUSE_MS = 60;
/** So long Enter waits for what is still being looked for. */
const PATIENCE_MS = 1_500;

/** What is found besides commands; what cannot be looked for is left out. */
function useFinds() {
  const viewer = useViewer();
  const [places, setPlaces] = useState<readonly Find[]>();
  const [named, setNamed] = useState<readonly Find[]>([]);
  const [isLooking, setLooking] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef("");

  useEffect(() => {
    void soon(placeFinds(viewer)).then(setPlaces);
    return () => clearTimeout(timer.current);
  }, [viewer]);

  function look(text: string) {
    newest.current = text;
    setLooking(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void soon(namedFinds(text, viewer)).then((found) => {
        if (newest.current !== text) return;
        setNamed(found);
        setLooking(false);
      });
    }, PAUSE_MS);
  }
  return { finds: [...(places ?? []), ...named], isLooking: isLooking || places === undefined, look };
}

/** Nothing where it cannot be had, or takes too long. */
function soon(finds: Promise<readonly Find[]>): Promise<readonly Find[]> {
  const enough = new Promise<readonly Find[]>((done) => setTimeout(() => done([]), PATIENCE_MS));
  return Promise.race([finds.catch(() => []), enough]);
}
