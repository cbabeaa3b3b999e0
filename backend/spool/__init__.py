"""The spool: messages that were accepted, and what is still to be done for each of their recipients.

`enqueue` puts a message in, in the transaction of whoever accepted it. `claim` leases due recipients to a
worker; `settle` writes down what became of them; `admin` is what administrators may see and do. A recipient
is settled once: whoever comes second finds it no longer open and drops what it brought (rule 5).
"""
