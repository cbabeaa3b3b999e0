"""Mailboxes, message lists and messages."""
