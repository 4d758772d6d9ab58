"""The pages on users and on roles."""
