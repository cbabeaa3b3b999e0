/** Where a form is refused, the first field with a complaint takes the focus, once for each attempt to save. */
import { useEffect } from "react";

let sent: Element | undefined;
let isListening = false;

/** A form, or what stands for one, was sent; what is typed after it is another matter. */
export function noteSent(form: Element | null): void {
  sent = form ?? undefined;
}

function listen() {
  if (isListening) return;
  isListening = true;
  document.addEventListener(
    "submit",
    ({ target }) => noteSent(target instanceof Element ? target : null),
    true,
  );
  document.addEventListener("input", () => noteSent(null), true);
}

/** For the field with this id; those of a form come in the order of the page. */
export function useFirstBad(id: string, isBad: boolean): void {
  useEffect(listen, []);
  useEffect(() => {
    const field = isBad ? document.getElementById(id) : null;
    if (field === null || sent?.contains(field) !== true) return;
    sent = undefined;
    field.focus();
  }, [id, isBad]);
}
