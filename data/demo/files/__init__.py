"""The demo authority written in the layouts that authorities hold."""
