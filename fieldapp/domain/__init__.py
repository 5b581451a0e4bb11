"""What is true: the record and its rules, in frozen dataclasses and pure functions.

This room reads and writes nothing, and returns codes, never words.
"""
