"""Where a message really comes from: SPF, DKIM, DMARC and ARC of what hosts elsewhere hand over.

Acceptance never waits for it: the worker asks, in bounded time, before it files a message or sends it on.
Nothing is refused for what is found; it is told to the reader (`Authentication-Results`), in the trace, and
to the next server (ARC).
"""
