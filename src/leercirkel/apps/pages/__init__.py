"""The frame of every page, the start page, search, the style guide and the pages for errors."""
