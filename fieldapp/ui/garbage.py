"""Garbage is looked for on the main thread alone.

Python looks for it in whichever thread makes the next object. A thread that reads would then take the widgets of a
closed window apart, which Qt allows the main thread alone; the program may end of it at once, or much later.
"""

import gc


def look_for_garbage() -> None:
    """Look as thoroughly as Python would have meanwhile. For the main thread, some times a second, with `gc` disabled."""
    due = [
        generation
        for generation, (made, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if made > most
    ]
    if due:
        gc.collect(due[-1])
