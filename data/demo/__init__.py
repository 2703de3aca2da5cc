"""The demo authority: a made-up English city, any size, the same for the same seed."""

from data.demo.authority import generate

__all__ = ["generate"]
