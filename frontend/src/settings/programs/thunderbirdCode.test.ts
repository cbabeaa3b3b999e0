import { expect, test } from "vitest";
import { thunderbirdCode } from "./thunderbirdCode";

const account = {
  address: "user@domain.example",
  name: "Jane Doe",
  password: "abcd-efgh",
  servers: [
    { protocol: "IMAP", host: "mail.domain.example", port: 993, security: "TLS" },
    { protocol: "IMAP", host: "mail.domain.example", port: 143, security: "STARTTLS" },
    { protocol: "SMTP", host: "mail.domain.example", port: 587, security: "STARTTLS" },
  ] as const,
};

test("an account with its password and the first server of each kind", () => {
  expect(thunderbirdCode(account)).toBe(
    '[1,[1,1],[0,"mail.domain.example",993,3,1,"user@domain.example","user@domain.example","abcd-efgh"],' +
      '[[[0,"mail.domain.example",587,2,1,"user@domain.example","abcd-efgh"],["user@domain.example","Jane Doe"]]]]',
  );
});

test("there is none where mail can only be fetched, or the address is beyond ASCII", () => {
  expect(thunderbirdCode({ ...account, servers: account.servers.slice(0, 2) })).toBeUndefined();
  expect(thunderbirdCode({ ...account, address: "jürgen@domain.example" })).toBeUndefined();
});
