"""Acts on very many messages, in the background: begin one, follow it, stop it, take it back.

An act is a step (flags, a move, a removal) for a list of refs that is fixed when it begins, in batches. A
worker (`runner`) changes a batch and marks it in one transaction, so an act that is cut off anywhere goes on
with its next batch, and no message is changed twice. Each batch keeps what takes it back; taking an act back
is an act of the same kind. Others wait for no more than a batch.
"""
