"""The pages of a round."""
