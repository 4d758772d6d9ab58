"""Pages of schools, groups, pupils, parents and rosters."""
