"""Invented schools with years of results, written as the same files that real systems export."""
