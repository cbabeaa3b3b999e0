// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { cleanPasted } from "./paste";
import { fromHtml, toHtml } from "./serialize";

/** What is left of a fixture in the editor; of its looks the colours and where a cell is aligned. */
function pasted(name: string): string {
  const file = path.join(import.meta.dirname, "fixtures", `${name}.txt`);
  const html = toHtml(fromHtml(cleanPasted(readFileSync(file, "utf8"))));
  return html.replace(/ style="([^"]*)"/g, (_, style: string) => {
    const kept = /(?:^|;)\s*(?:color|text-align):\s*([^;]+)/.exec(style)?.[1];
    return kept === undefined ? "" : ` is="${kept}"`;
  });
}

test("Word: lists are lists, lines are lines, pictures of the other machine are gone", () => {
  expect(pasted("word")).toBe(
    "<h1>Plan for autumn</h1>" +
      '<div>The beds are <b>ready</b> and <i>waiting</i>, <span is="rgb(192, 0, 0)">mostly</span>.</div>' +
      "<div><br></div>" +
      "<ul><li><div>Garlic</div><ul><li><div>Hardneck</div></li></ul></li><li><div>Leeks</div></li></ul>" +
      "<ol><li><div>Dig</div></li></ol>",
  );
});

test("Excel: a table of its cells", () => {
  expect(pasted("excel")).toBe(
    "<table><tbody>" +
      '<tr><td><div>Bed</div></td><td colspan="2" is="center"><div>Yield</div></td></tr>' +
      '<tr><td><div>North &amp; east</div></td><td is="right"><div>12</div></td>' +
      '<td is="right"><div>3.50</div></td></tr></tbody></table>',
  );
});

test("Google Docs: not everything is bold", () => {
  expect(pasted("docs")).toBe(
    "<h2>Minutes</h2><div>We <b>agreed</b><i> quickly</i>.</div><div><br></div><ul><li><div>Water " +
      '<a href="https://example.org/taps" rel="noopener noreferrer"><u>taps</u></a></div></li></ul>',
  );
});

test("Outlook: lines without gaps, a link, a name", () => {
  expect(pasted("outlook")).toBe(
    "<div>Hello Maren,</div><div><br></div>" +
      '<div>the figures are <a href="https://example.org/figures" rel="noopener noreferrer">here</a>.</div>' +
      "<div><b>Sofia</b></div>",
  );
});

test("a web page: words and pictures, nothing that acts", () => {
  expect(pasted("web")).toBe(
    "<h3>Frost tonight</h3><p>Cover the <b>seedlings</b>.</p>" +
      '<div><img src="https://example.org/frost.jpg" alt="Frost" width="300"></div>',
  );
});

test("what has no marks of a clipboard stays as it is", () => {
  expect(cleanPasted("<div>a <b>b</b></div>")).toBe("<div>a <b>b</b></div>");
});

test("pictures within the text and those of this house become files; what else is of this house goes", () => {
  const taken: unknown[] = [];
  const take = (picture: unknown) => `p${taken.push(picture)}@postroom`;
  const here = location.origin;
  const html = cleanPasted(
    `<p><img src="data:image/png;base64,iVBORw0KGgo="><img src="${here}/files/77/1.2?inline=1"><img src="${here}/img/77/0">` +
      '<img src="/img/77/0"><img src="https://a.example/x.png"></p>',
    take,
  );

  expect(html.match(/src="[^"]*"/g)).toEqual([
    'src="cid:p1@postroom"',
    'src="cid:p2@postroom"',
    'src="https://a.example/x.png"',
  ]);
  expect(taken[0]).toBeInstanceOf(File);
  expect(taken[1]).toEqual({ messageId: "77", part: "1.2" });
});
