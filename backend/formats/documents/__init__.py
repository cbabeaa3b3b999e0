"""The text of documents that people attach: PDF, office files, messages, plain and HTML text.

Pure functions from bytes to text, bounded in what they give. What is broken raises what `formats.errors` has,
or whatever its library raises: they are meant for a process of their own (`mailstore.document_reader`), which
may also be ended when a file asks for too much time or memory.
"""
