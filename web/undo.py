"""The latest changes of settings, so that one press takes one back. In memory: gone when this process ends."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping

# So many changes can be taken back; the offer stands on one page only, so nobody misses the older ones.
KEPT_CHANGES = 100

# A setting's name -> its value before and after.
Changed = Mapping[str, tuple[str, str]]


class Undo:
    """The latest changes of settings, in this process only. Shared by its threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Changed] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, changed: Changed) -> str:
        """Keep a change; the word under which it can be asked for, which nobody can guess."""
        word = secrets.token_urlsafe(9)
        with self._lock:
            self._kept[word] = changed
            while len(self._kept) > KEPT_CHANGES:
                self._kept.popitem(last=False)
        return word

    def take(self, word: str) -> Changed | None:
        """The change kept under that word, once."""
        with self._lock:
            return self._kept.pop(word, None)
