"""The command line `gan-course`: begins gently, whatever the surroundings are."""

import sys
import warnings

DEBUG = "--debug"  # anywhere in the line


def main(arguments: list[str] | None = None) -> int:
    """Run the command line `gan-course` and return its exit code.

    Args:
        arguments: the words after `gan-course`; by default those of this process.
    """
    code = _code(list(sys.argv[1:] if arguments is None else arguments))
    if code and arguments is None:  # what an error left half done tells nobody more
        sys.unraisablehook = lambda *_: None
        warnings.simplefilter("ignore")
    return code


def _code(words: list[str]) -> int:
    try:
        from gan_utils.cli import commands

        return commands.run(words)
    except (Exception, KeyboardInterrupt) as error:
        if DEBUG in words:
            raise
        print(f"gan-course: {_cause(error)}", file=sys.stderr)
        return 130 if isinstance(error, KeyboardInterrupt) else 2


def _cause(error: BaseException) -> str:
    """Say why not even Python's own modules can be imported."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped."
    said = f"{type(error).__name__}: {error}."
    module = getattr(error, "obj", None)
    path = getattr(error, "path", None) or getattr(module, "__file__", None)
    if path is None:
        return f"{said} Install the course again, or use a newer Python."
    return f"{said} Likely cause: Python imports {path} in place of its own; rename it."
