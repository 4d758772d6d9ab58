"""The test calendar: who is expected to take which test when (docs/gebruik/toetskalender.md)."""
