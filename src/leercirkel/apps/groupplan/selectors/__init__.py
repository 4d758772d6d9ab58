"""Reading plans, needs and notes, as far as a sight reaches."""
