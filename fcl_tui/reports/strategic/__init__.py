"""Strategic reports: trends of the whole service, beside last year, neighbours and the nation.

All are made of the same parts from a `declared.Strategic`: its sections of official keys, the stock whose
make-up is shown, what flows in and out, and the figures shown for each team.
"""
