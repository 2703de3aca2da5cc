"""Reports, each declared once: what may be asked of it, what it counts, what it shows, and where it leads.

A module per report (`REPORT = Report(...)`) in the room of its tier; `catalogue.load` imports it when it is
asked for. `resolve` turns what was typed or chosen into a `Query`, `run` answers it. Declarations import
neither Polars nor Textual, so a screen can be drawn before either the data or the libraries that read it are
there.
"""
