"""Fixtures of the whole suite stand in `tests.support`, by what they build."""

pytest_plugins = [
    "tests.support.runtime",
    "tests.support.postgres",
    "tests.support.valkey",
    "tests.support.s3",
    "tests.support.server",
    "tests.support.push_receiver",
]
