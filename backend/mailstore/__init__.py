"""Accounts' mail: mailboxes, messages and everything that happens to them.

Functions whose first parameter is a `Tx` are parts of verbs and run in the caller's transaction; the others
open their own. Every write takes the account's next modseq first (`modseq`), keeps the counters of the
mailbox row in step (`counters`) and announces `MailboxChanged`. A message enters by `ingest` and by no other
door.
"""
