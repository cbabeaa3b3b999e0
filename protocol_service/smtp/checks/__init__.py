"""Who may send what to whom, asked as early as the protocol allows: at MAIL, at each RCPT, and for the
whole message.

A check gives the reply that refuses, or None.
"""
