"""What reports list and count: one row per child held, due item, visit, problem, with what is left out.

Arithmetic on frames: LazyFrame in, LazyFrame out; the day is an argument. Nothing here knows how it is shown.
"""
