/** Title of the window: the page, with the number of unread messages in front. */
import { useEffect } from "react";

let unread = 0;
let page = "";

function show() {
  const name = page === "" ? "Postroom" : `${page} – Postroom`;
  document.title = unread > 0 ? `(${unread}) ${name}` : name;
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
