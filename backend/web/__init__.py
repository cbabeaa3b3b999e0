"""Plain HTTP beside GraphQL: the SPA's files, attachments, message documents, health and metrics."""
