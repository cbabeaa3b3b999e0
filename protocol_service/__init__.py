"""The TCP edges of Postroom: SMTP and IMAP, the spool's delivery agents and the periodic jobs."""

import backend as backend  # swaps in the bundled SQLite library first
