// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { useTitle, useUnreadInTitle } from "./title";

function Page({ unread }: { unread: number | undefined }) {
  useTitle("Inbox");
  useUnreadInTitle(unread);
  return null;
}

test("title and badge follow what is unread; none takes away the number that a notice left", () => {
  const setAppBadge = vi.fn(async () => undefined);
  Object.assign(navigator, { setAppBadge });
  const { rerender } = render(<Page unread={undefined} />);
  expect(document.title).toBe("Inbox – Postroom");
  expect(setAppBadge).not.toHaveBeenCalled();

  rerender(<Page unread={0} />);
  expect(setAppBadge.mock.calls).toEqual([[0]]);

  rerender(<Page unread={3} />);
  expect(document.title).toBe("(3) Inbox – Postroom");
  expect(setAppBadge.mock.calls).toEqual([[0], [3]]);
});
