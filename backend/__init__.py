"""The verbs of Postroom: domain packages that both services call, and the HTTP edges.

Importing it swaps in the bundled SQLite library (see `backend._sqlite`) before anything else can import
`sqlite3`.
"""

from backend import _sqlite as _sqlite
