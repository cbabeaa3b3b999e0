"""The SMTP doors: mail from other servers, and submission by our own users (RFC 5321, 6409, 8314).

`server` keeps a connection and its command loop, `commands` holds one verb a file, `checks` decides who may
send what to whom, `handler` accepts a whole message: it is answered with 250 only after its rows are
committed (rule 5). aiosmtpd gives the session shell and STARTTLS; reading, replying and every verb are
ours.
"""
