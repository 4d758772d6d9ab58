"""What a school can learn from others like it, from open data: the published way of finding successful schools
(`published`), the same question with its uncertainty (`strength`), and the schools most like one (`comparable`).

Rules and sources: `docs/domein/vergelijken.md`.
"""
