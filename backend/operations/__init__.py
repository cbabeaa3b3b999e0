"""What takes several domains at once: accounts with their mailboxes, the first set-up, removal with
all mail.
"""
