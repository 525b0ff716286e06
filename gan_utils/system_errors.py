"""What the computer refused, in a sentence that says what to do."""

import errno

_REMEDY = {
    errno.ENOSPC: "Free some space on that disk, or name a folder on another.",
    errno.EROFS: "Name a folder on a disk that can be written.",
    errno.EACCES: "Name a folder of your own, or ask its owner for the permission.",
    errno.ENOENT: "Likely cause: a folder that was moved, or that cannot be made.",
    errno.ENAMETOOLONG: "Give a shorter name.",
    errno.EISDIR: "A folder has that name; give another.",
    errno.ELOOP: "A link there leads back to itself; remove it, or give another name.",
    errno.EFBIG: "Files may not grow further here (ulimit -f); raise that limit.",
    errno.EMFILE: "Too many files are open at once; raise that limit: ulimit -n 1024.",
    errno.ENOTDIR: "A file has the name of a folder there; give another name.",
}
_REMEDY[errno.EPERM] = _REMEDY[errno.EACCES]
_REMEDY[getattr(errno, "EDQUOT", -1)] = _REMEDY[errno.ENOSPC]
_REMEDY[errno.EEXIST] = _REMEDY[errno.ENOTDIR]


def sentence(error: OSError) -> str:
    """Say where it happened, what it was, and what to do."""
    if error.errno == errno.ENOENT and not error.filename:
        return "The current folder is gone. Change to another: cd."
    place = error.filename2 or error.filename
    where = f"{place}: " if place else ""
    what = (error.strerror or str(error) or type(error).__name__).rstrip(".")
    return f"{where}{what}. {_REMEDY.get(error.errno, '')}".rstrip()
