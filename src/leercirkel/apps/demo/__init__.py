"""The invented board in the database, and who can be tried there: only in a demonstration."""
