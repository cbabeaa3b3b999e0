/** Which rows of a long list are to be drawn: follows scrolling once a frame, and changes of size. */
import { useEffect, useRef, useState } from "react";
import type { Preferences } from "@/app";
import { type Geometry, type Range, rangeAt, scrollToShow } from "./window";

export type Window = {
  ref: (element: HTMLDivElement | null) => void;
  geometry: Geometry;
  range: Range;
  scrollTop: number;
  element: () => HTMLDivElement | null;
  scrollTo: (top: number) => void;
  show: (index: number) => void;
};

const rowHeights: Record<Preferences["density"], number> = { compact: 36, cosy: 68, roomy: 92 };

export function useWindow(total: number, density: Preferences["density"]): Window {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  // Until it is measured: what it most likely is, so that the first rows are drawn without a layout before,
  // and no more of them than can be seen.
  const [size, setSize] = useState(() => ({
    row: rowHeights[density],
    viewport: window.innerHeight,
    isMeasured: false,
  }));
  const [scrollTop, setScrollTop] = useState(0);
  const frame = useRef(0);
  /** Where it is scrolled to, as its events told: to ask the element costs a layout after each change. */
  const told = useRef(0);
  const { row, viewport, isMeasured } = size;
  const geometry: Geometry = { total, row, viewport };

  // The height of a row is a token that depends on density and pointer. The observer tells the first size too.
  useEffect(() => {
    if (element === null) return;
    const measure = () => {
      const row = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 68;
      setSize((old) =>
        old.isMeasured && old.row === row && old.viewport === element.clientHeight
          ? old
          : { row, viewport: element.clientHeight, isMeasured: true },
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element, density]);

  useEffect(() => {
    if (element === null) return;
    const onScroll = () => {
      told.current = element.scrollTop;
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => setScrollTop(told.current));
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame.current);
      element.removeEventListener("scroll", onScroll);
      told.current = 0; // The next element begins at its top.
      setScrollTop(0);
    };
  }, [element]);

  function scrollTo(top: number) {
    if (element === null) return;
    element.scrollTop = top;
    told.current = element.scrollTop;
  }

  return {
    ref: setElement,
    geometry,
    range: isMeasured ? rangeAt(scrollTop, geometry) : rangeAt(scrollTop, geometry, 0),
    scrollTop,
    element: () => element,
    scrollTo,
    show: (index) => {
      if (element === null || row === 0) return;
      const target = scrollToShow(index, told.current, geometry);
      if (target !== null) scrollTo(target);
    },
  };
}
