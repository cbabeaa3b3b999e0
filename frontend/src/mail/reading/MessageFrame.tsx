/** A message's HTML in a frame without scripts; focus and keys stay with the page. */
import { useLingui } from "@lingui/react/macro";
import { useLayoutEffect, useRef } from "react";
import { keepShapes, standInForImages } from "@/lib/heldImages";
import { adaptHtml } from "./adaptColours";
import { type FrameLook, frameDocument, isAdapted, trusted } from "./frameDocument";
import { followHeight } from "./frameHeight";
import styles from "./MessageFrame.module.css";

/**
 * Letters up to which a message is written into its frame at once, and is whole with the next picture of the page;
 * a frame that loads takes several longer. A longer one is parsed piece by piece beside all else.
 */
const AT_ONCE = 100_000;

export type MessageFrameProps = { html: string; subject: string; look: FrameLook; onShown?: () => void };

export function MessageFrame({ html, subject, look, onShown }: MessageFrameProps) {
  const { t } = useLingui();
  const holder = useRef<HTMLDivElement>(null);
  const title = t`Message: ${subject}`;
  const { isDark, isOriginal, isDarkFriendly } = look;

  // Before the paint, not after it.
  useLayoutEffect(() => {
    const place = holder.current;
    if (place === null) return;
    let stop = () => {};
    const frame = document.createElement("iframe");
    frame.className = styles.frame ?? "";
    frame.title = title;
    frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    frame.setAttribute("referrerpolicy", "no-referrer");
    const ready = () => {
      stop();
      if (frame.contentDocument !== null) {
        standInForImages(frame.contentDocument);
        keepShapes(frame.contentDocument);
      }
      stop = followHeight(frame);
      passKeysOn(frame);
      showEntering(frame);
      frame.dataset.shown = "";
      performance.mark("opened");
      onShown?.();
    };
    const shown = { isDark, isOriginal, isDarkFriendly };
    const whole = trusted(frameDocument(isAdapted(shown) ? adaptHtml(html) : html, shown));
    const old = [...place.children];
    if (html.length > AT_ONCE) {
      // Set as a property before the content: a load listener added later could miss the event.
      frame.onload = ready;
      frame.srcdoc = whole;
      place.append(frame);
    } else {
      place.append(frame);
      write(frame, whole);
      ready();
    }
    for (const child of old) child.remove();
    return () => stop();
  }, [html, title, isDark, isOriginal, isDarkFriendly]);

  return <div ref={holder} className={styles.frameBox} data-original={(isDark && isOriginal) || undefined} />;
}

/** Its sandbox and the policy in the text hold for what is written as for what is loaded. */
function write(frame: HTMLIFrameElement, text: string) {
  const { contentDocument } = frame;
  contentDocument?.open();
  contentDocument?.write(text);
  contentDocument?.close();
}

/** Whoever comes into the message by keys sees that they are there; a frame has no focus of its own to be seen. */
function showEntering(frame: HTMLIFrameElement) {
  const inside = frame.contentWindow;
  let isPressed = false;
  inside?.addEventListener("pointerdown", () => {
    isPressed = true;
  });
  inside?.addEventListener("focus", () => {
    if (!isPressed) frame.dataset.entered = "";
  });
  inside?.addEventListener("blur", () => {
    isPressed = false;
    delete frame.dataset.entered;
  });
}

/** Keys pressed after a click into the message are commands still. Safari hears none of them; nothing depends on it. */
function passKeysOn(frame: HTMLIFrameElement) {
  frame.contentDocument?.addEventListener("keydown", (event) => {
    const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
    if ((ctrlKey || metaKey) && ["c", "a"].includes(key)) return;
    const copy = new KeyboardEvent("keydown", {
      key,
      code,
      ctrlKey,
      metaKey,
      altKey,
      shiftKey,
      bubbles: true,
      cancelable: true,
    });
    if (!document.dispatchEvent(copy)) event.preventDefault();
  });
}
