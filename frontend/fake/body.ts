/** The body that made-up messages have; plain sanitised HTML, as the server would give it. */
export const fakeHtml = `
<div style="font-family: Georgia, serif">
<p>Hello,</p>
<p>I have put the numbers in the shared sheet, have a look when you get a moment and tell me whether the second
column needs another pass before we send it on. The short version is below, and the long version is in the attachment.</p>
<table style="width:100%; border-collapse:collapse">
<tr style="background:#f3efe7"><th style="text-align:left;padding:8px">Line</th><th style="text-align:right;padding:8px">Plan</th><th style="text-align:right;padding:8px">Actual</th></tr>
${[
  ["Materials", 2360, 2230, "#1f6f3d"],
  ["Labour", 3540, 3780, "#a02c1e"],
  ["Transport", 4720, 4590, "#1f6f3d"],
  ["Permits", 5900, 6140, "#a02c1e"],
]
  .map(
    ([name, plan, actual, colour]) =>
      `<tr style="border-bottom:1px solid #ddd8cf"><td style="padding:8px">${name}</td><td style="text-align:right;padding:8px">${plan}</td><td style="text-align:right;padding:8px;color:${colour}">${actual}</td></tr>`,
  )
  .join("")}
</table>
<p>If you agree, I will send it to the committee on <b>Tuesday</b>. <a href="https://example.org/plan" style="color:#006664">The plan is here</a>.</p>
<p><br></p>
<p>Kind regards<br>Amara Okafor</p>
<blockquote style="margin:16px 0;padding-left:12px;border-left:2px solid #ccc;color:#666">On Friday you wrote: could you look at the totals once more?</blockquote>
</div>`;

export const fakeText =
  "Hello,\n\nI have put the numbers in the shared sheet.\n\nKind regards\nAmara Okafor\n";
