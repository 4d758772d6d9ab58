"""Running Leercirkel: the embedded PostgreSQL, processes, backups, logs and checks. Knows nothing of the apps."""
