"""Telling people's devices of new mail by Web Push (RFC 8030, 8291, 8292), after its delivery and beside it.

A notification is a courtesy: one that is lost with a process that dies is not made up for, because the mail
itself is there. What must not happen is that one is shown twice, or to somebody else.
"""
