"""Norm tables that a school loads itself, as CSV: none is in the product, because the tables are licensed."""
