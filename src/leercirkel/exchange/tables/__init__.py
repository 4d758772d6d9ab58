"""Result tables of pupil-tracking systems, CSV and XLSX, long and wide. See `docs/domein/toetsbestanden.md`."""
