"""How it is kept: an append-only log of changes and its fold, in one encrypted SQLite file.

Rows of the tables never leave this room; the dataclasses of the domain do.
"""
