"""The GraphQL API: thin types over the domain verbs, every field marked with who may see it.

`schema.schema` is the executable schema, `endpoint.GraphQLEndpoint` its HTTP and WebSocket door. The
folders hold one domain each: `types.py`, `queries.py`, `mutations.py`.
"""
