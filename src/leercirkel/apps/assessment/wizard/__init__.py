"""Importing files: read, whose rows they are, what they would change, and carrying that out."""
