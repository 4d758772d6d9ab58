"""Plans, shaped for their pages and for paper."""
