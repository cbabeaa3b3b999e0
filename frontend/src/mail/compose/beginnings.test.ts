import { i18n } from "@lingui/core";
import { beforeAll, expect, test } from "vitest";
import { forwardContent } from "./beginnings";
import type { Original } from "./documents";

const photo = (part: string, isInline: boolean) => ({
  part,
  name: `${part}.jpeg`,
  contentType: "image/jpeg",
  sizeBytes: 900,
  isInline,
});

const original: Original = {
  id: "77",
  row: { subject: "Photos", receivedAt: "2026-11-22T09:00:00Z" },
  from: [{ name: "Amara Okafor", address: "amara@north.example" }],
  to: [],
  cc: [],
  replyTo: [],
  sentAt: null,
  body: { html: '<p>Look:</p><img src="/files/77/2?inline=1">' },
  attachments: [photo("2", true), photo("3", true), photo("4", false)],
};

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

test("a forwarded message has every file: photos that are called inline but stand in no text as well", () => {
  const { attachments } = forwardContent(original, []);
  expect(attachments.map(({ id, contentId }) => [id, contentId])).toEqual([
    ["77:3", null],
    ["77:4", null],
    ["77:2", "77.2@quoted"],
  ]);
});
