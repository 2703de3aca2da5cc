"""Sessions that come through OpenSSH: the key's line, what may be asked for, and the shut doors."""
