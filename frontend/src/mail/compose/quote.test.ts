import { describe, expect, test } from "vitest";
import { forwardHtml, replyHtml, restoreSources, textToHtml } from "./quote";

describe("restoreSources", () => {
  const logo = { part: "1.2", name: "logo.png", contentType: "image/png", sizeBytes: 900 };

  test("names the message's own pictures by content id and gives remote ones their address", () => {
    const html =
      '<table width="600"><img src="/files/77/1.2?inline=1"><img data-blocked-src="https://a.example/x.png"></table>';
    expect(restoreSources(html, "77", [logo])).toEqual({
      html: '<table width="600"><img src="cid:77.1.2@quoted"><img src="https://a.example/x.png"></table>',
      pictures: [{ ...logo, contentId: "77.1.2@quoted" }],
    });
  });

  test("no path of this house leaves, also where the picture is none of the message's files", () => {
    const html = '<img src="/files/78/1.2?inline=1"><img src="/files/77/9?inline=1">';
    expect(restoreSources(html, "77", [logo])).toEqual({ html: '<img src=""><img src="">', pictures: [] });
  });
});

test("a reply keeps every byte of the original's HTML and escapes the rest", () => {
  const original = '<TABLE bgcolor=red><tr><td style="width:30%">A &amp; B</TABLE>\n<!-- odd -->';
  const html = replyHtml("On Friday, <b>Amara</b> wrote:", original);
  expect(html).toContain(`>${original}</blockquote>`);
  expect(html).toContain("<div>On Friday, &#60;b&#62;Amara&#60;/b&#62; wrote:</div>");
});

test("a forwarded message says from whom, when, about what and to whom", () => {
  const labels = { title: "---", from: "From:", date: "Date:", subject: "Subject:", to: "To:", cc: "Cc:" };
  const head = {
    from: [{ name: "Holt, Maren", address: "m@example.org" }],
    to: [{ name: "", address: "a@example.org" }],
    cc: [],
    subject: "A < B",
    date: "22 Nov",
  };
  expect(forwardHtml(labels, head, "<p>x</p>")).toBe(
    "<div><br></div><div><br></div><div>---</div>" +
      "<div>From: &#34;Holt, Maren&#34; &#60;m@example.org&#62;</div><div>Date: 22 Nov</div>" +
      "<div>Subject: A &#60; B</div><div>To: a@example.org</div><div><br></div>" +
      '<div data-quoted="forward"><p>x</p></div>',
  );
});

test("plain text becomes lines", () => {
  expect(textToHtml("a <b>\r\n\nc")).toBe("<div>a &#60;b&#62;</div><div><br></div><div>c</div>");
});
