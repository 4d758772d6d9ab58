"""The questions asked of results. Pure: frames and dataclasses in, dataclasses out; no clock, no I/O."""
