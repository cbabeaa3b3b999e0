"""Where each target begins: what clients and messages really look like."""

from __future__ import annotations

from pathlib import Path

from tests.support import documents

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_MESSAGES = [path.read_bytes() for path in sorted((_FIXTURES / "messages").glob("*.eml"))]
_HEADERS = [raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" for raw in _MESSAGES]
_HTML = (_FIXTURES / "html" / "hostile.txt").read_bytes()

# What is put into seeds: tokens on which some grammar turns.
TOKENS = (
    *(b"(", b")", b"[", b"]", b"<", b">", b'"', b"\\", b"*", b"%", b",", b";", b":", b"=", b"@", b".", b"&-"),
    *(b"\r\n", b"\n", b"\r", b"\r\n.\r\n", b"\0", b"\xff", b"\xc3\xbc", b"=?utf-8?q?", b"?=", b"--b\r\n"),
    *(b"{9}\r\n", b"{99999999999+}\r\n", b"~{1}\r\n", b"1:*", b"4294967296", b"RETURN (", b"CHARSET UTF-8 "),
    *(b"&#x", b"<svg ", b"url(", b"base64", b"multipart/mixed; boundary=b", b"message/rfc822"),
)

SEEDS: dict[str, list[bytes]] = {
    "origin": [
        *_HEADERS,
        b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=x.test; s=a; i=@x.test; l=1; t=1; x=9;\r\n"
        b" h=from:to; bh=YQ==;\r\n b=YQ==\r\nFrom: a@x.test\r\n\r\nbody\r\n",
        b"ARC-Seal: i=1; cv=none; a=x; d=x; s=x; b=YQ==\r\nARC-Message-Signature: i=1;\r\n"
        b"ARC-Authentication-Results: i=1; (a) mail.example.test; arc=none\r\n\r\n",
        b'Authentication-Results: (a (b)) "mail.example.test" 1; spf=pass\r\n\r\n',
        b"a:%{d2r}.x.test/24//64 mx ip4:1.2.3.4/8 ~include:_spf.x.test exists:%{ir} redirect=%{d} exp=x.y",
        b"v=DMARC1; p=reject; sp=none; adkim=s; psd=n; rua=mailto:a@x.test",
        b"v=DKIM1; k=ed25519; h=sha256; s=email; t=y:s; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        b"SRS0=abcdefgh=AB=x.test=joe",
        b"SRS1=abcdefgh=x.test==abcd=AB=y.test=joe",
    ],
    "mailing_list": [
        *_MESSAGES,
        b"Auto-Submitted: no\r\nList-Id: T <talk.x.test>\r\n\r\n> old\r\nOn Monday x wrote:\r\nreject no\r\n",
        b"Content-Type: text/html\r\n\r\n<p>approve</p><blockquote>old</blockquote>",
    ],
    "imap": [
        b'a1 LOGIN "joe" {3}\r\npwd\r\n',
        b'a2 FETCH 1:*,5 (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (From "To")]<0.100> RFC822) (CHANGEDSINCE 5)\r\n',
        b"a3 UID STORE 1 (UNCHANGEDSINCE 7) +FLAGS.SILENT (\\Seen $Junk)\r\n",
        b"a4 SEARCH RETURN (MIN ALL) CHARSET UTF-8 OR (NOT SEEN) HEADER X {2+}\r\nab SINCE 1-Feb-1994\r\n",
        b'a5 LIST (SUBSCRIBED) "" (a* "b%" &AOQ-) RETURN (STATUS (MESSAGES UNSEEN))\r\n',
        b'a6 APPEND INBOX (\\Seen) "17-Jul-1996 02:44:25 -0700" {1+}\r\nx {2+}\r\nyz\r\n',
        b"a7 APPEND INBOX CATENATE (URL /INBOX;UID=1 TEXT {1+}\r\nx)\r\n",
        b"a8 UID SORT RETURN (PARTIAL 1:10) (REVERSE DATE DISPLAYFROM) UTF-8 FUZZY TEXT x\r\n",
        b"a9 ESEARCH IN (subtree (a b) personal) RETURN (COUNT) UNSEEN\r\n",
        b"a13 GETMETADATA (MAXSIZE 10 DEPTH infinity) a (/private/comment /shared/x)\r\n",
        b"a14 SETMETADATA a (/private/comment {1+}\r\nx /shared/x NIL)\r\n",
        b"a10 SETACL a b +lrs\r\na11 GETACL a\r\n",
        b"a12 FETCH 1 (BINARY.PEEK[1.2]<0.10> BINARY.SIZE[3] PREVIEW (LAZY))\r\n",
    ],
    "imap_names": [
        b"INBOX",
        b"Entw&APw-rfe/a",
        b"1:*,5,7:9",
        b"/INBOX;UIDVALIDITY=3/;UID=4/;SECTION=1",
        b"a*%b\nab",
    ],
    "message": _MESSAGES,
    "header": _HEADERS,
    "header_value": [
        b'"Ann, B." <ann@example.test>, list: a@b.test, c@d.test;, =?utf-8?q?G=C3=BC?= <g@h.test>',
        b"text/plain; charset=\"utf-8\"; name*0*=utf-8''a%20b; name*1=c",
        b"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)",
        b"=?iso-8859-1?b?R3L832U=?=\r\n =?utf-8?q?_x?=",
        b"Re: Fwd: [list] AW: hello (fwd)",
        b"<a@b.test> <c(d)@e.test>",
    ],
    "address": [b"<a@b.test> SIZE=5", b'<@x.test,@y.test:"a b"@[IPv6:::1]>', "ü@bücher.test".encode(), b"<>"],
    "smtp": [
        b"<a@b.test> SIZE=10 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+2Bb",
        b"<c@d.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a+40b",
        b"Received: x\r\nSubject: =?utf-8?q?a?=\r\n b\r\nMessage-ID: <a@b>\r\n\r\nx\r\n",
    ],
    "document": [documents.docx("a", "b"), documents.xlsx("a"), documents.pptx("a"), documents.odt("a")],
    "pop3": [
        b"USER joe\r\nTOP 1 10\r\n",
        b"a: b\r\n\r\n.\r\n..\r\nx\n.\ny\r\n",
        b"LIST 18446744073709551616\n",
    ],
    "sasl": [
        b"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
        b"p=tls-exporter,a=x,n=us=2Cer,r=abc,m=1",
        b"n,a=user@example.test,\x01host=h\x01auth=Bearer vF9dft4qmT\x01\x01",
        b"dXNlcj1hQGIudGVzdAFhdXRoPUJlYXJlciB4AQE=",
    ],
    "web": [
        *(line for line in _HTML.split(b"\n")[:400:8] if line),
        b'from:ann -subject:"two words" has:attachment before:2026-01-01 larger:5M word*',
        b"version: STSv1\nmode: enforce\nmx: *.example.test\nmax_age: 86400\n",
        b'<?xml version="1.0"?><Autodiscover><EMailAddress>a@b.test</EMailAddress></Autodiscover>',
    ],
    "encoding": [
        b"utf-8\nGr\xc3\xbc\xc3\x9fe",
        b"iso-2022-jp\n\x1b$B$3\x1b(B",
        b"x\nR3L8\r\n32U=",
        b"x\na=20b=\r\nc",
    ],
}
