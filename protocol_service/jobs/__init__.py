"""Periodic jobs, one a file. Each may run twice, or be cut off anywhere, without harm."""
