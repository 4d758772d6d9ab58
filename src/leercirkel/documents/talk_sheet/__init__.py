"""The sheet for a report talk: one page per pupil, in plain Dutch for parents."""
