import { i18n } from "@lingui/core";
import { beforeAll, expect, test } from "vitest";
import { refusalOf } from "./delivery";
import { emptyContent } from "./types";

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: "", address: `p${index}@example.org` }));

test("more recipients than may be are refused before anything is sent", () => {
  const content = { ...emptyContent, to: people(3) };

  expect(refusalOf(content, 3)).toBeNull();
  expect(refusalOf(content, 2)).toEqual({
    code: "TOO_MANY",
    message: "At most 2 recipients; there are 3.",
  });
  expect(refusalOf(content, 1)?.message).toBe("At most 1 recipient; there are 3.");
});
