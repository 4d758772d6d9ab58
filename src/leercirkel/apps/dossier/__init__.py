"""Cases: support for a pupil that more people work on."""
