/** How it stands, with a sign and a word. */
import { useLingui } from "@lingui/react/macro";
import { State } from "@/ui";
import type { Standing } from "./standing";

const tones: Record<Standing, "ok" | "danger" | "plain"> = {
  DELIVERED: "ok",
  WAITING: "plain",
  FAILED: "danger",
  STOPPED: "plain",
  REFUSED: "danger",
};

export function StandingWord({ standing }: { standing: Standing }) {
  const { t } = useLingui();
  const words: Record<Standing, string> = {
    DELIVERED: t`Delivered`,
    WAITING: t`Waiting`,
    FAILED: t`Failed`,
    STOPPED: t`Stopped`,
    REFUSED: t`Refused`,
  };
  return <State tone={tones[standing]}>{words[standing]}</State>;
}
