"""What is made and kept of what the results say."""
