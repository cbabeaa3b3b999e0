import { expect, test } from "vitest";
import type { MessageDetail } from "@/mail";
import { originalOfKept } from "./original";

const kept = (html: string) => ({ id: "7", body: { html, text: "Hello" } }) as unknown as MessageDetail;

test("an original that was kept here has no picture that only its reader could fetch", () => {
  const html = `<p style="background:url(/img/7/0)"><img src="/img/7/1"> <img src='/files/7/1.2?inline=1'></p>`;

  const { body } = originalOfKept(kept(html), false);

  expect(body.html).toBe(`<p style="background:url()"><img src=""> <img src='/files/7/1.2?inline=1'></p>`);
  expect(body.text).toBeUndefined();
});

test("who writes plain text answers the text", () => {
  expect(originalOfKept(kept("<p>Hello</p>"), true).body.text).toBe("Hello");
});
