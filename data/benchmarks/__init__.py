"""Published figures of other areas: the Department for Education's open data files, population, neighbours.

`read` (module `read`) is all that the application needs. Nothing here is imported until it is asked for.
"""
