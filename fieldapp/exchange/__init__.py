"""How it travels: credentials in QR codes, files of families, lists. Pure but for reading the files it is given."""
