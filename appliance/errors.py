"""Errors of the appliance room. Each concrete error also inherits the builtin that a caller would catch.

The text of every one is a whole sentence for a person: what was wrong and what to do.
"""


class ApplianceError(Exception):
    """Base of every error that leaves this room."""


class ConfigError(ApplianceError, ValueError):
    """quietline.toml is wrong; names file, key, value and what is allowed."""


class InvalidValue(ApplianceError, ValueError):
    """A value from a person (number, pattern, setting, file row) cannot be used; says why."""


class StoreError(ApplianceError, OSError):
    """The store cannot be opened, read or written."""


class StoreBusy(StoreError):
    """Another change holds the store; the same again a moment later may well succeed."""


class StoreTooNew(StoreError):
    """The store was written by a newer version; it is left untouched."""


class NotFound(ApplianceError, LookupError):
    """The thing named does not exist (any more)."""
