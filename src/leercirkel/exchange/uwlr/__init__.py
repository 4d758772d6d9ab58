"""UWLR 2.2, results: the message with which a test system brings results to a school (docs/domein/uwlr.md)."""
