"""Lists that teachers keep themselves, in a spreadsheet: method tests and observations of the youngest."""
