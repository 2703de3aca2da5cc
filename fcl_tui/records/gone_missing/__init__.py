"""Missing episodes and the children they are of: on a day or in a period, and over time (`rows`)."""
