"""The whole installation, for system administrators."""
