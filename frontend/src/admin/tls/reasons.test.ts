import { expect, test } from "vitest";
import type { TlsFailure } from "./documents";
import { reasonsOf } from "./reasons";

const failure = (result: string, sessions: number, mxHost: string): TlsFailure => ({
  result,
  sessions,
  mxHost,
  mxAddress: "",
  information: "",
});

test("failures are put together by reason, the most frequent first", () => {
  const details = [
    failure("certificate-expired", 2, "mx1.example"),
    failure("starttls-not-supported", 7, ""),
    failure("certificate-expired", 3, "mx2.example"),
    failure("certificate-expired", 1, "mx1.example"),
  ];

  expect(reasonsOf(details)).toEqual([
    { result: "starttls-not-supported", sessions: 7, hosts: [] },
    { result: "certificate-expired", sessions: 6, hosts: ["mx1.example", "mx2.example"] },
  ]);
});

test("without failures there are no reasons", () => expect(reasonsOf([])).toEqual([]));
