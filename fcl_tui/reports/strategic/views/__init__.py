"""Views that strategic reports share: headline, trend, make-up, flow, teams, rows behind a figure."""
