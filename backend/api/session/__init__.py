"""Signing in and out, the viewer, sessions and API keys, and the first set-up."""
