"""Arguments of commands (RFC 3501 §9): productions over a `Lexer`, a noun a file; verbs put them together."""
