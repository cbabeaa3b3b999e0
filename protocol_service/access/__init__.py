"""What the protocols by which people reach their mailbox have in common: IMAP and POP3.

`connection` is the socket of one client, `server` all of them in a process, `listener` the doors.
"""
