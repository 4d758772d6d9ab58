"""The school's standards on the screen: in words, as forms, and beside what they would have said of a round."""
