"""The results report on paper: `parts` put it into words, `templates` lay it out, `render` makes the PDF."""
