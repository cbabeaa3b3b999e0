"""How the tables came to be: Tortoise's migrations, made by `postroom migrate --make` and reviewed by hand.

A released migration is never changed. On SQLite `AlterField` loses UNIQUE and indexes and `AddField` needs a
`db_default`: a test compares a migrated database, with rows in it, to a fresh one on both engines.
"""
