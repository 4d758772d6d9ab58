"""Files of the field, in and out: one folder per format, and a registry. Pure: no clock, no network."""
