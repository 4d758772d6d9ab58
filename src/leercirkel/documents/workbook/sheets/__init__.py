"""The sheets: one module per kind of question, each making tables from the report's dataclass."""
