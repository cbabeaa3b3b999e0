// @vitest-environment jsdom
import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Link } from "./Link";
import { currentPlace, navigate, useRoute } from "./location";

afterEach(() => vi.restoreAllMocks());

function Page() {
  const route = useRoute();
  return (
    <>
      <p>{route.page}</p>
      <Link to="/admin">there</Link>
    </>
  );
}

test("a link changes the address and all who use it, and Back returns", async () => {
  navigate("/mail/inbox");
  render(<Page />);
  expect(screen.getByText("mail")).toBeTruthy();

  fireEvent.click(screen.getByRole("link", { name: "there" }));
  expect(location.pathname).toBe("/admin");
  expect(await screen.findByText("admin")).toBeTruthy();

  history.back();
  expect(await screen.findByText("mail")).toBeTruthy();
});

test("a link that is to open elsewhere is left to the browser", () => {
  navigate("/mail/inbox");
  render(<Page />);

  fireEvent.click(screen.getAllByRole("link", { name: "there" })[0] as HTMLElement, { ctrlKey: true });

  expect(location.pathname).toBe("/mail/inbox");
});

test("going where one is leaves no second step in the history", () => {
  navigate("/mail/inbox");
  const push = vi.spyOn(history, "pushState");

  navigate("/mail/inbox");
  navigate("/mail/inbox/3", { replace: true });

  expect(push).not.toHaveBeenCalled();
  expect(currentPlace().route).toEqual({ page: "mail", mailbox: "inbox", message: "3" });
});

test("a link that leads up goes back to where one came from", async () => {
  navigate("/settings");
  navigate("/settings/mail");
  const push = vi.spyOn(history, "pushState");
  render(
    <Link to="/settings" isBack>
      up
    </Link>,
  );

  fireEvent.click(screen.getByRole("link", { name: "up" }));

  expect(currentPlace().address.pathname).toBe("/settings");
  await vi.waitFor(() => expect(location.pathname).toBe("/settings"));
  expect(push).not.toHaveBeenCalled();
});
