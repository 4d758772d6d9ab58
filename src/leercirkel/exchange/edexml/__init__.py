"""EDEXML 1.03, 2.0 and 2.1: the pupils, groups and staff of one school in one school year (docs/domein/edexml.md)."""
