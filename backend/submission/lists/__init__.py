"""What mailing lists do: send posts on to their members, hold them for moderators, answer commands, and count
what comes back.

Who is on a list and what it is set to is the directory's (`backend.directory.lists`).
"""
