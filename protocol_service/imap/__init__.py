"""IMAP4rev1 (RFC 3501) and IMAP4rev2 (RFC 9051) with the extensions that today's clients use.

A connection (`connection`) is an `asyncio.Protocol` that owns the socket; `framing` cuts its bytes into whole
commands and refuses literals before they are read; `lexer` and `grammar` turn a command into values;
`session` knows who is signed in and which mailbox is selected; each verb stands in a file of its own below
`commands`.

What holds everywhere: answers of pipelined commands come in their order; nothing is written into the middle
of an answer; an expunge is told only where sequence numbers may move (RFC 3501 §7.4.1, §5.5); a selected
mailbox is a view of arrays that all sessions of the process share (`selected`, `feed`); an idle connection
has neither task nor timer.
"""
