"""From a draft to the spool: drafts, identities, submission with an undo time, and its undoing.

Composes the domains (mailstore, spool, directory); the API and the jobs call it.
"""
