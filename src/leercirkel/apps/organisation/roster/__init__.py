"""The next roster against what is known: who is who, what changes, and writing that.

`state` reads what is known of one school, `matching` says who is who, `seats` where a pupil sits on which days,
`compare` makes the plan out of it, and `apply` writes the plan. All but the first and the last are pure: the same
state, roster and choices give the same plan. The rules, with their sources: docs/domein/leerlingadministratie.md.
"""
