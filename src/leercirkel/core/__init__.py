"""What the words mean: subjects, moments, didactic age, levels, norms, standards, verdicts. Pure."""
