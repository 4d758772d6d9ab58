"""Users, their rights as data, the scope of a request down to the rows of the database, and signing in."""
