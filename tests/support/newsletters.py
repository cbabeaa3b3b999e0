# ruff: noqa: E501  # mail that looks like real mail has long lines
"""Newsletters and notices as they are really built: tables, old attributes, styles in blocks, buttons, dark heads."""

from __future__ import annotations

SHOP = """<html><head><style>
.btn{background:#0b6b61;color:#ffffff;padding:12px 24px;border-radius:4px;text-decoration:none;display:inline-block}
.muted{color:#8a8a8a;font-size:12px} @media (max-width:600px){.col{display:block!important;width:100%!important}}
</style></head><body bgcolor="#f4f4f4" style="margin:0;background-color:#f4f4f4">
<table width="100%" cellpadding="0" cellspacing="0" bgcolor="#f4f4f4"><tr><td align="center">
<table width="600" cellpadding="24" cellspacing="0" bgcolor="#ffffff" style="border:1px solid #dddddd">
<tr><td style="background:#0b1f3a;color:#ffffff;font:bold 22px Arial">Larkspur &amp; Sons</td></tr>
<tr><td style="font:15px/1.5 Arial;color:#333333"><h2 style="color:#111111;margin:0 0 8px">The winter list is here</h2>
<p>Forty new bulbs, sown and labelled by hand. <span style="color:#c0392b"><b>20% off</b></span> until Sunday.</p>
<p><a class="btn" href="https://shop.example/winter">See the list</a></p>
<table width="100%"><tr><td class="col" style="background-color:#fff3cd;color:#664d03;padding:12px;border:1px solid #ffe69c">Free delivery over 40</td>
<td class="col" style="background-color:#e7f5ff;color:#0b3d66;padding:12px">New in: hellebores</td></tr></table></td></tr>
<tr><td class="muted" style="color:#999999">You get this because you once bought a spade. <a href="https://shop.example/leave" style="color:#0066cc">Leave</a></td></tr>
</table></td></tr></table></body></html>"""

INVOICE = """<div style="font-family:Helvetica,Arial;color:#222"><p>Dear Maren,</p><p>your invoice 20418 is ready.</p>
<table style="border-collapse:collapse" border="1" bordercolor="#cccccc" cellpadding="6">
<tr style="background:#eee"><th align="left">Item</th><th>Sum</th></tr>
<tr><td>Glazing, north wing</td><td align="right">1,240.00</td></tr>
<tr style="background:#fafafa"><td>Scaffold</td><td align="right">310.00</td></tr>
<tr><td><font color="#006400"><b>Paid</b></font></td><td align="right"><font color="red">-200.00</font></td></tr></table>
<p style="color:gray;font-size:11px">Kept for ten years.</p></div>"""

DIGEST = """<style>body{background:#fffdf7} h1{font-family:Georgia;color:#5b3a1e} .card{background:linear-gradient(#ffffff,#f6efe3);border-left:4px solid #b2511e;padding:12px;margin:8px 0;color:#3b2a1a}
.tag{background:#ffe8d6;color:#7f3d0c;border-radius:9px;padding:1px 8px} a{color:#b2511e}</style>
<body><h1>Weekly notes</h1><p style="color:#3b2a1a">Three things worth your time.</p>
<div class="card"><span class="tag">garden</span> Why old roses smell <a href="https://notes.example/1">read</a></div>
<div class="card"><span class="tag">city</span> A bridge that folds <a href="https://notes.example/2">read</a></div>
<hr style="border:0;border-top:1px solid #e8dcc8"><p style="color:rgba(59,42,26,.7)">Sent on Fridays.</p></body>"""

ALERT = """<table width="100%" bgcolor="#d93025" cellpadding="16"><tr><td><font face="Arial" color="#ffffff" size="4">New sign-in</font></td></tr></table>
<div style="padding:16px;background:white;color:black;font:14px Arial"><p>Somebody signed in from <b>Leeds</b>.</p>
<p style="background-color:rgb(248,249,250);padding:8px;color:hsl(210,10%,23%)">Firefox on Linux, 09:41</p>
<a href="https://id.example/" style="color:white;background-color:#1a73e8;padding:8px 16px">Was it you?</a></div>"""

ALL = {"Winter list": SHOP, "Invoice ready": INVOICE, "Weekly notes": DIGEST, "New sign-in": ALERT}
