"""POP3 (RFC 1939) with the extensions that RFC 2449 lets a client find.

A connection (`connection`) is an `asyncio.Protocol` that owns the socket; `lines` cuts its bytes into bounded
lines; `dispatch` runs the verbs, one file each below `commands`; `session` knows who is signed in.

A maildrop (`maildrop`) is INBOX as it was at sign-in: its message numbers stand still whatever others do
meanwhile. One session at a time has it (`maildrop_lock`). Messages are deleted by QUIT alone, in one
transaction; a connection that breaks, times out or is sent away deletes nothing. Fetching a message does not
mark it as read: whether it was read is for those to say who show mail.
"""
