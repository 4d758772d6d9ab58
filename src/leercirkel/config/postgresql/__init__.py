"""Django's database backend for PostgreSQL, with a cheaper look at whether a kept connection still works (base.py)."""
