"""What people and programs read: charts (SVG), the report (Typst → PDF), JSON. Dataclasses in, bytes out."""
