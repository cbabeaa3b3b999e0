"""Filters and other rules of the signed-in user."""
