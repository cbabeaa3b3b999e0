"""The spool, for system administrators."""
