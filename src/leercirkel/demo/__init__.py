"""Invented schools with years of results, written as the same files that real systems export."""

from leercirkel.demo.files import write_files

__all__ = ["write_files"]
