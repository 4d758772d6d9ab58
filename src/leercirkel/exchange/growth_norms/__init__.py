"""Tables of growth norms, TOML: our own format (docs/domein/groeinormen.md)."""
