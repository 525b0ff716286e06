"""What is wrong with a run in a folder."""


class RunError(Exception):
    """A problem that whoever asked for the run can mend; its text says how."""
