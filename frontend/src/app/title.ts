/** Title of the window: the page, with the number of unread messages in front. */
import { useEffect } from "react";

/** Undefined until it is known. */
let unread: number | undefined;
let page = "";
let badged: number | undefined;

function show() {
  const name = page === "" ? "Postroom" : `${page} – Postroom`;
  document.title = unread ? `(${unread}) ${name}` : name;
  if (unread !== undefined) badge(unread);
}

/** The number on the sign of the installed app, where a notice may have left another; elsewhere nothing is shown. */
function badge(count: number) {
  if (count === badged || navigator.setAppBadge === undefined) return;
  badged = count;
  navigator.setAppBadge(count).catch(() => undefined);
}

export function useTitle(title: string): void {
  useEffect(() => {
    page = title;
    show();
  }, [title]);
}

export function useUnreadInTitle(count: number | undefined): void {
  useEffect(() => {
    unread = count;
    show();
  }, [count]);
}
