"""How it looks on paper: dataclass in, PDF bytes out.

Importing this room costs nothing: reportlab, qrcode and the fonts load with the first page. It knows no database, no
screen and no printer.
"""
