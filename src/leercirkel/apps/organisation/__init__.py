"""Board, schools, school years' groups, pupils and their enrolments, guardians, staff and teams."""
