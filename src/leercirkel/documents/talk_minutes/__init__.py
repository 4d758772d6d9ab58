"""The prepared sheet and the minutes of a talk of a round."""
