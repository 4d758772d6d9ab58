"""Who cares for pupils, with what authority: a school's own list as CSV or XLSX (docs/gebruik/ouders.md)."""
