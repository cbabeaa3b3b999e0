"""GraphQL of mailing lists: for those who manage a domain's lists, and for owners and moderators."""
