import { expect, test } from "vitest";
import { draftOf, emptyDraft, inputOf, secured } from "./draft";

const gateway = {
  id: "7",
  name: "Relay",
  host: "relay.example",
  port: 465,
  tls: "IMPLICIT",
  username: "house",
  hasPassword: true,
  senderDomain: "",
  recipientDomain: "",
  priority: 10,
  isEnabled: true,
} as const;

test("a password is kept until another one is typed, and goes with its user name", () => {
  const draft = draftOf(gateway);

  expect(inputOf(draft).password).toBeNull();
  expect(inputOf({ ...draft, password: "new" }).password).toBe("new");
  expect(inputOf({ ...draft, username: " " })).toMatchObject({ username: "", password: "" });
  expect(inputOf({ ...emptyDraft, username: "house" }).password).toBe("");
});

test("what is no number is refused by the server, not sent as another number", () => {
  expect(inputOf({ ...emptyDraft, port: "58x", priority: "" })).toMatchObject({ port: -1, priority: -1 });
  expect(inputOf({ ...emptyDraft, port: " 25 " })).toMatchObject({ port: 25, priority: 10 });
});

test("the usual port goes with the way to secure it, an own port stays", () => {
  expect(secured(emptyDraft, "IMPLICIT").port).toBe("465");
  expect(secured(draftOf(gateway), "ENCRYPTED").port).toBe("587");
  expect(secured({ ...emptyDraft, port: "2525" }, "IMPLICIT").port).toBe("2525");
});
