// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { show } from "../../fake/render";
import { onDemand } from "./onDemand";
import { Toaster } from "./Toaster";

type Props = { name: string; onClose: () => void };
const Panel = ({ name }: Props) => <p role="note">{name}</p>;

test("it is drawn when its code has come, and from then on at once", async () => {
  let arrive: (code: typeof Panel) => void = () => undefined;
  const load = vi.fn(() => new Promise<typeof Panel>((done) => (arrive = done)));
  const Wanted = onDemand(load);
  const onClose = vi.fn();
  const { unmount } = show(<Wanted name="First" onClose={onClose} />);
  expect(screen.queryByRole("note")).toBeNull();
  fireEvent.keyDown(window, { key: "Escape" });
  expect(onClose).toHaveBeenCalledOnce();

  await act(async () => arrive(Panel));
  expect(screen.getByRole("note").textContent).toBe("First");

  unmount();
  show(<Wanted name="Second" onClose={onClose} />);
  expect(screen.getByRole("note").textContent).toBe("Second");
  expect(load).toHaveBeenCalledOnce();
});

test("code that could not be had is asked for again", async () => {
  const load = vi.fn().mockRejectedValueOnce(new Error("offline")).mockResolvedValue(Panel);
  const Wanted = onDemand<Props>(load);
  Wanted.prepare();
  await act(async () => undefined);
  Wanted.prepare();
  await act(async () => undefined);

  show(<Wanted name="Third" onClose={vi.fn()} />);

  expect(screen.getByRole("note").textContent).toBe("Third");
  expect(load).toHaveBeenCalledTimes(2);
});

test("where its code does not come it is closed, and said", async () => {
  const Wanted = onDemand<Props>(() => Promise.reject(new Error("Failed to fetch")));
  const onClose = vi.fn();

  show(
    <>
      <Wanted name="Never" onClose={onClose} />
      <Toaster />
    </>,
  );
  await act(async () => undefined);

  expect(onClose).toHaveBeenCalledOnce();
  expect(screen.getByText(/did not come/)).toBeTruthy();
});
