"""Plans for groups: areas, arrangements, goals, what pupils need, and evaluations."""
