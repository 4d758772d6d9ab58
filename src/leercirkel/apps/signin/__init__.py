"""Signing in: passwords, second factors, the school's own provider, sessions, invitations, and the lock of a tablet."""
