/** Title of the window: the page, with the number of unread messages in front. */
import { useEffect } from "react";

let unread = 0;
let page = "";
let badged = 0;

function show() {
  const name = page === "" ? "Postroom" : `${page} – Postroom`;
  document.title = unread > 0 ? `(${unread}) ${name}` : name;
  badge(unread);
}

/** The number on the sign of the installed app; where it is not installed nothing is shown. */
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

export function useUnreadInTitle(count: number): void {
  useEffect(() => {
    unread = count;
    show();
  }, [count]);
}
