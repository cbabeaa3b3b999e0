"""Figures of our own, without peers: `python -m tests.bench`."""
