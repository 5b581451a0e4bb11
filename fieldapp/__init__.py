"""fieldapp registers arriving families offline at border shelters."""

__version__ = "0.1.0"
