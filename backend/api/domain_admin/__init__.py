"""Domains, users, aliases and settings for those who administer them."""
