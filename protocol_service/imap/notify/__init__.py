"""NOTIFY (RFC 5465): a client hears of the mailboxes it names all the time, without a command.

A `Notifier` belongs to one session and holds what its client was told of every mailbox it may see. What is
announced only marks what has to be read again (rule 1): the difference between the tables and what was told
becomes the responses, so that nothing queues for a client that does not read, and what was missed is made
good. Nothing here exists for sessions that do not use NOTIFY.
"""
