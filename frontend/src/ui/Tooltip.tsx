/**
 * Names of icon buttons on hover and on keyboard focus.
 *
 * One layer for the whole page listens for elements with `data-tip`; the names themselves are in aria-label,
 * so the layer is hidden from screen readers. Escape closes it, and it can be hovered (WCAG 1.4.13).
 */
import { type ReactNode, useEffect, useState } from "react";
import styles from "./Tooltip.module.css";

const DELAY_MS = 450;
const EDGE_PX = 8;

type Tip = { text: string; shortcut: string | undefined; x: number; y: number; above: boolean };

export function TooltipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: Element | null = null;

    function hide() {
      clearTimeout(timer);
      current = null;
      setTip(null);
    }
    function show(element: HTMLElement) {
      const box = element.getBoundingClientRect();
      const text = element.dataset.tip;
      if (text === undefined || box.width === 0) return;
      const above = box.bottom + 48 > window.innerHeight;
      setTip({
        text,
        shortcut: element.dataset.tipKey,
        x: box.left + box.width / 2,
        y: above ? box.top - 6 : box.bottom + 6,
        above,
      });
    }
    function schedule(target: EventTarget | null, delay: number) {
      const element = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
      if (element === current) return;
      hide();
      current = element;
      if (element !== null) timer = setTimeout(() => show(element), delay);
    }
    const onOver = (event: PointerEvent) => event.pointerType === "mouse" && schedule(event.target, DELAY_MS);
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(":focus-visible"))
        schedule(event.target, 0);
    };
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && hide();

    document.addEventListener("pointerover", onOver);
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", hide);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("keydown", onKey);
    document.addEventListener("scroll", hide, true);
    return () => {
      hide();
      document.removeEventListener("pointerover", onOver);
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("scroll", hide, true);
    };
  }, []);

  if (tip === null) return null;
  return (
    <div
      ref={keepInside}
      className={styles.tip}
      aria-hidden="true"
      data-above={tip.above || undefined}
      style={{ left: tip.x, top: tip.y }}
    >
      {tip.text}
      {tip.shortcut !== undefined && <kbd>{tip.shortcut}</kbd>}
    </div>
  );
}

/** A long name beside the edge of the window is moved in, as far as it is needed. */
function keepInside(tip: HTMLElement | null) {
  if (tip === null) return;
  tip.style.marginLeft = "0";
  const { left, right } = tip.getBoundingClientRect();
  const shift = Math.max(EDGE_PX - left, 0) + Math.min(window.innerWidth - EDGE_PX - right, 0);
  tip.style.marginLeft = `${shift}px`;
}

/** Gives a tip to something that is not an IconButton. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  return <span data-tip={text}>{children}</span>;
}
