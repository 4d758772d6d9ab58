"""Stichting Kadewijs: an invented board with its schools, written as the files that real systems export."""

from leercirkel.demo.board.files import write_board

__all__ = ["write_board"]
