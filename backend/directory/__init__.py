"""Who: domains, users, aliases, administrators; sign-in, rights, settings and limits, audit.

Every edge asks here: what an address means (`resolve`), whether a password is right (`authentication`),
whether someone may (`policy`), how much (`settings`, `limits`). Changes are verbs that take the actor first;
each one checks rights and limits, writes an audit entry and announces an event in the same transaction. What
is read on hot paths is remembered (`caches`) and dropped by those events.
"""
