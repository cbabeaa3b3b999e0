// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { listenForPulls, pulled, stateOf } from "./pull";

function finger(element: HTMLElement, kind: string, ...at: [x: number, y: number][]) {
  const event = new Event(kind, { cancelable: true });
  Object.assign(event, { touches: at.map(([clientX, clientY]) => ({ clientX, clientY })) });
  element.dispatchEvent(event);
  return event.defaultPrevented;
}

test("the sign lags behind the finger and ends somewhere", () => {
  expect(pulled(-20)).toBe(0);
  expect(stateOf(pulled(60))).toBe("pulling");
  expect(stateOf(pulled(200))).toBe("ready");
  expect(pulled(5_000)).toBe(96);
});

test("pulled far enough from the top, it refreshes, and shows so until that has ended", async () => {
  const element = document.createElement("div");
  let end: () => void = () => undefined;
  const refresh = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
  listenForPulls(element, refresh);

  finger(element, "touchstart", [100, 10]);
  expect(finger(element, "touchmove", [102, 60])).toBe(true);
  expect(element.dataset.pull).toBe("pulling");
  finger(element, "touchmove", [102, 260]);
  expect(element.dataset.pull).toBe("ready");
  finger(element, "touchend");
  expect(element.dataset.pull).toBe("busy");
  finger(element, "touchstart", [100, 10]);
  finger(element, "touchmove", [100, 300]);
  finger(element, "touchend");
  expect(refresh).toHaveBeenCalledOnce();
  end();
  await vi.waitFor(() => expect(element.dataset.pull).toBeUndefined());
});

test("taken back, too short, sideways, further down or with two fingers it does nothing", () => {
  const element = document.createElement("div");
  const refresh = vi.fn();
  const stop = listenForPulls(element, refresh);
  const walk = (...points: [number, number][]) => {
    finger(element, "touchstart", [100, 10]);
    const isTaken = points.map((point) => finger(element, "touchmove", point));
    finger(element, "touchend");
    expect(element.dataset.pull).toBeUndefined();
    return isTaken.includes(true);
  };

  expect(walk([100, 300], [100, 20])).toBe(true);
  expect(walk([100, 50])).toBe(true);
  expect(walk([200, 20], [200, 300])).toBe(false);
  expect(walk([100, 5], [100, 300])).toBe(false);
  element.scrollTop = 40;
  expect(walk([100, 300])).toBe(false);
  element.scrollTop = 0;
  finger(element, "touchstart", [100, 10], [200, 10]);
  finger(element, "touchmove", [100, 300], [200, 300]);
  finger(element, "touchend");
  stop();
  expect(walk([100, 300])).toBe(false);
  expect(refresh).not.toHaveBeenCalled();
});
