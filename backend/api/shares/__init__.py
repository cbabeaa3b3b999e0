"""GraphQL of rights on mailboxes and of those who hold them together."""
