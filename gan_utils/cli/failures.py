"""An error in one line: what went wrong, why, and what to do."""

from gan_utils import system_errors
from gan_utils.cli import surroundings
from gan_utils.cli.places import CourseError

_FULL = "RESOURCE_EXHAUSTED"  # how XLA says that no memory is left


def sentence(error: BaseException) -> str:
    """Put an error that ended a command into words for whoever typed it."""
    if isinstance(error, CourseError):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "stopped."
    if isinstance(error, SystemExit):
        cause = surroundings.suspicion() or "Likely cause: a module of your own."
        return f"something ended Python before the command could. {cause}"
    if isinstance(error, OSError):
        return system_errors.sentence(error)
    if isinstance(error, MemoryError) or _FULL in str(error):
        return "no memory is left. Ask for less at a time, or close other programs."
    if isinstance(error, UnicodeError):
        return (
            f"{ascii(error.object)[:200]} cannot be written in {error.encoding}. "
            "Likely cause: the locale; set PYTHONUTF8=1, or use plain letters."
        )
    text = " ".join(str(error).split())[:600]
    if isinstance(error, ValueError) and not _names_a_setting(text):
        return text  # the course's own messages say what to do
    cause = surroundings.suspicion() or "`gan-course doctor` looks for the cause."
    return f"{type(error).__name__}: {text.rstrip('.')}. {cause}".replace(": . ", ". ")


def _names_a_setting(text: str) -> bool:
    """Tell whether an error is about a variable of JAX's, by any of its names."""
    names = [pair.split("=")[0].lower() for pair in surroundings.settings()]
    return "JAX_" in text or any(name in text.lower() for name in names)
