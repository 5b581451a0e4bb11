"""Papers in hand: what a document reader types or a barcode reader decodes, read into the fields of a person.

Machine-readable zones of passports and cards, and the code on the Colombian identity card. Nothing here reads or
writes; what cannot be read is told by a code.
"""
