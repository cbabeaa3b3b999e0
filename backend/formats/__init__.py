"""Pure readers and writers of the formats mail is made of: bytes in, values out.

Nothing here does I/O, reads a clock or knows a table. What comes from the wire never makes a reader
raise: it returns the best reading it has, within declared limits and in linear time. Only what *we*
are asked to write (an address to send to, a draft) is refused, with the errors of `errors`.
"""
