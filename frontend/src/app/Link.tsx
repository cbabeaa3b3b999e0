/** A link within the application: goes there without loading the page anew, unless another tab or window is asked for. */
import type { ComponentProps, MouseEvent } from "react";
import { navigate, retreat } from "./location";

export type LinkProps = Omit<ComponentProps<"a">, "href" | "target"> & {
  to: string;
  /** It leads up, to where one usually came from: then it is a step back, not one more forward. */
  isBack?: boolean;
};

export function Link({ to, isBack = false, onClick, ...rest }: LinkProps) {
  function go(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button !== 0 || isElsewhere) return;
    event.preventDefault();
    if (isBack) retreat(to);
    else navigate(to);
  }
  return <a {...rest} href={to} onClick={go} />;
}
