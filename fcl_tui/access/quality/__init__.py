"""Quality assurance as a reader may see and do it: rows by their part in each audit, steps checked
and logged.
"""
