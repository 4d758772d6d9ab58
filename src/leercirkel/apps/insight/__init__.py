"""What the results say: pages of pupils, groups, schools and board, and the documents made of them."""
