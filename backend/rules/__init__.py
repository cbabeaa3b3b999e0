"""What users want done with mail that arrives: filters, and who is let in.

Rules are stored in a structured form of which every piece has its equivalent in Sieve (RFC 5228 and its
extensions; `definition` names them). They are decided here, from values, and carried out by whoever delivers
or goes through stored mail.
"""
