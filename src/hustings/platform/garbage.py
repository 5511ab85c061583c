"""Garbage collection that does not stop a server in the middle of its work."""

import atexit
import gc

#: New objects before a collection looks at them; Python's own choice is 700.
_YOUNG_OBJECTS = 10_000


def spare_what_is_loaded() -> None:
    """Collect once, and let no later collection look at what this process has loaded by now.

    A full collection looks at every object there is, and nobody is answered meanwhile. The application itself is some
    300,000 objects that live until the process ends: a quarter to half a second, a few times in the first minutes of a
    server's life. Called once, when everything is loaded and before the first request.

    The young objects of requests are looked at less often, too: a form makes some hundreds, nearly all of which are gone
    without a collection.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, 10, 10)
    # What is left out to the end looks like a leak to libraries that count their objects when Python ends.
    atexit.register(gc.unfreeze)
