"""Chooses the SQLite library before anything imports `sqlite3`.

SQLite 3.7.0 to 3.51.2 can lose committed pages of a WAL that two connections write and checkpoint at the
same instant (fixed in 3.51.3). Two processes on one WAL are our ordinary case, so the library that
`pysqlite3` bundles takes the place of the system's. Where it cannot be had, `check` and the start-up log say
so.
"""

import sys

SAFE_VERSION = (3, 51, 3)

try:
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:
    # No wheel for this platform: the standard library's module serves, with a warning at start.
    pysqlite3 = None

import sqlite3  # noqa: E402

version: str = sqlite3.sqlite_version
is_safe: bool = sqlite3.sqlite_version_info >= SAFE_VERSION
