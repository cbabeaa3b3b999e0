"""Whether an account's tables say the truth, and mending what can be derived (`postroom check --account`).

Everything is read in pages and by statements that see one moment each, so it may run beside a server. What
looks wrong is mended in a transaction of its own that holds the account; what is derived from bodies is made
anew from them. A body that is gone stays gone, and is told.
"""
