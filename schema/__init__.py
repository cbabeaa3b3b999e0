"""The written contracts, as nouns: table rows and migrations, events, the GraphQL SDL. No behaviour."""
