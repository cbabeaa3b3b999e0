import { expect, test } from "vitest";
import { forwardSubject, replySubject } from "./subject";

test.each([
  ["Budget", "Re: Budget"],
  ["Re: Budget", "Re: Budget"],
  ["RE: Re: re[2]: Budget", "Re: Budget"],
  ["AW: SV: Budget", "Re: Budget"],
  ["Fwd: Budget", "Re: Fwd: Budget"],
  ["Regarding: Budget", "Re: Regarding: Budget"],
  ["", "Re:"],
])("the answer to %j is %j", (subject, expected) => expect(replySubject(subject)).toBe(expected));

test.each([
  ["Budget", "Fwd: Budget"],
  ["FW: Fwd: Budget", "Fwd: Budget"],
  ["WG: Budget", "Fwd: Budget"],
  ["Re: Budget", "Fwd: Re: Budget"],
])("%j forwarded is %j", (subject, expected) => expect(forwardSubject(subject)).toBe(expected));
