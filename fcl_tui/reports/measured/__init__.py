"""Figures of reports: measures as expressions, the records behind them, and what they are worked out with."""
