"""Whether a file is still the one that was read: what its folder says of it."""

from pathlib import Path


def stamp_of(path: Path) -> tuple[object, ...]:
    """Another once the file was changed, replaced or taken away, or others may read it."""
    try:
        info = path.stat()
    except OSError as error:
        return (type(error).__name__,)
    return (info.st_dev, info.st_ino, info.st_mode, info.st_size, info.st_mtime_ns, info.st_ctime_ns)
