"""Reports, each declared once: what may be asked of it, what it counts, what it shows, and where it leads.

A module a report (`REPORT = Report(...)`), imported by `catalogue.load` when somebody asks for it; `resolve`
turns what was typed or chosen into a `Query`, `run` answers it. Declarations import neither Polars nor
Textual, so a screen can be drawn before either the data or the libraries that read it are there.
"""
