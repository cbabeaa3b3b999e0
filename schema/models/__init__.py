"""Every table, as Tortoise models. No behaviour: verbs live in the backend.

Times are whole unix seconds in BIGINT columns; truth values of hot tables are 0 or 1 in SMALLINT columns,
so that the same SQL runs on both engines. Ids of hot tables are made by `backend.kit.ids`, never by the
database.
"""
