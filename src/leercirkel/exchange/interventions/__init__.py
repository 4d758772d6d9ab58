"""What the school did and agreed on, from TOML (docs/gebruik/aanpakken.md)."""
