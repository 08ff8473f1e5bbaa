"""The one place that says in which language and direction the pages are. Translations come later and enter here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What the `html` element says: a BCP 47 code, and "ltr" or "rtl"."""

    code: str = "en"
    direction: str = "ltr"


ENGLISH = Language()
