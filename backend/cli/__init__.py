"""The command line: one file for each group of commands, imported only when it is asked for."""
