/**
 * A component that lies over the page, whose code comes when it is first wanted.
 *
 * React holds what has suspended back until 300 ms after its place was left empty, however soon the code is
 * there. This one does not suspend: it is drawn as soon as it can be, and where the code is there already, at
 * once. Keys pressed until then are held for it. Code that does not come closes it and leaves the page as it is.
 */
import { t } from "@lingui/core/macro";
import { type ComponentType, useEffect, useEffectEvent, useState } from "react";
import { toast } from "./toasts";
import { TypingAhead } from "./typedAhead";

type Closable = { onClose: () => void; dismissable?: boolean };
export type OnDemand<Props> = ComponentType<Props> & {
  /** Fetches the code before it is wanted. */
  prepare: () => void;
};

export function onDemand<Props extends Closable>(load: () => Promise<ComponentType<Props>>): OnDemand<Props> {
  let code: ComponentType<Props> | undefined;
  let coming: Promise<ComponentType<Props>> | undefined;

  async function fetch(): Promise<ComponentType<Props>> {
    coming ??= load();
    try {
      code = await coming;
    } catch (error) {
      coming = undefined;
      throw error;
    }
    return code;
  }

  // biome-ignore lint/correctness/noComponentHookFactories: modules make each once, as they do with React's lazy.
  function Awaited(props: Props) {
    const [Code, setCode] = useState(() => code);
    const giveUp = useEffectEvent(() => {
      toast({ text: t`That did not come. Check your connection, or load the page anew.`, tone: "danger" });
      props.onClose();
    });
    useEffect(() => {
      if (Code !== undefined) return;
      let isOver = false;
      fetch().then(
        (found) => setCode(() => found),
        () => isOver || giveUp(),
      );
      return () => {
        isOver = true;
      };
    }, [Code]);
    if (Code !== undefined) return <Code {...props} />;
    const { onClose, dismissable = true } = props;
    return <TypingAhead onEscape={() => void (dismissable && onClose())} />;
  }

  return Object.assign(Awaited, { prepare: () => void fetch().catch(() => undefined) });
}
