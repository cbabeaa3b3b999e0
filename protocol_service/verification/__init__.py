"""Where a message really comes from: SPF, DKIM, DMARC and ARC of what hosts elsewhere hand over.

The worker asks, in bounded time, before it files a message or sends it on; acceptance waits for it only where
a domain refuses what is disowned (`protocol_service.smtp.checks.origin`). What is found is told to the reader
(`Authentication-Results`), in the trace, and to the next server (ARC).
"""
