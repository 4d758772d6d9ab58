"""What goes wrong in an engine, in words for whoever asked."""


class EngineFault(RuntimeError):
    """An engine could not read, compute or write: a file that is not what it says, no memory or no room on disk."""
