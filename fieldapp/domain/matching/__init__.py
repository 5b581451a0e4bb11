"""Whether two records are of one human: spelling, comparison field by field, and the probability that follows.

Everything here is pure and knows neither the register nor a file; the parameters are handed in.
"""
