"""The school's own norms: a TOML file with one `[[standard]]` table per norm (docs/gebruik/eigen-normen.md)."""
