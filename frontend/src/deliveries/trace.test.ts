import { expect, test } from "vitest";
import { answerOf, hasAnswered, securityOf, toneOf } from "./trace";

test.each([
  ["", null],
  ["TLSv1.3, verified, DANE", { version: "TLS 1.3", isVerified: true, by: "DANE" }],
  ["TLSv1.2, host not verified", { version: "TLS 1.2", isVerified: false, by: "" }],
  ["TLS", { version: "TLS", isVerified: false, by: "" }],
])("a connection secured by %j", (tls, security) => expect(securityOf(tls)).toEqual(security));

test("only a host that replied has answered", () => {
  expect(hasAnswered({ host: "mx.north.example", reply: "451 4.3.2 later" })).toBe(true);
  expect(hasAnswered({ host: "mx.north.example", reply: "Connection refused" })).toBe(false);
  expect(hasAnswered({ host: "", reply: "250 2.0.0 stored" })).toBe(false);
});

test("a status is said once", () => {
  expect(answerOf("451 4.3.2 later", "4.3.2")).toBe("451 4.3.2 later");
  expect(answerOf("Connection refused", "4.4.1")).toBe("4.4.1 Connection refused");
  expect(answerOf("", "")).toBe("");
});

test.each([
  ["pass", "ok"],
  ["fail", "danger"],
  ["refused", "danger"],
  ["softfail", "plain"],
  ["none", "plain"],
  ["applied", "plain"],
] as const)("a check that came to %s is %s", (outcome, tone) => expect(toneOf({ outcome })).toBe(tone));
