"""The pupil result of the doorstroomtoets (JSON), as a test system delivers it (docs/domein/doorstroomtoets.md)."""
