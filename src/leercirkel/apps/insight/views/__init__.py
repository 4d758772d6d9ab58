"""Pages, each from what a selector gives."""
