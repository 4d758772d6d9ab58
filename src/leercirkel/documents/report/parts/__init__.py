"""The parts of the report, each a function from the report to what its template lays out."""
