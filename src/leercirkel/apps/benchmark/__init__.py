"""Schools beside others like them, from open data (`analysis/benchmark`)."""
