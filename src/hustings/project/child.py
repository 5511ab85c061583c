"""Starts a command that ends with the process that started it, however that one ends.

`python -m hustings.project.child PARENT COMMAND …` asks the system to send it SIGTERM when its parent has gone (Linux: prctl(2),
PR_SET_PDEATHSIG, which outlives exec) and then becomes the command. Without it, a killed `hustings serve` would leave its web
server behind, and the next one would share the port with it: half of the answers would come from the old one. On other systems
the command is started as it is.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(*, parent: int, command: list[str]) -> None:
    """Become the command; ends at once where the parent, a process number, has gone already.

    The parent tells its number itself: one that went before this process could ask would not be missed.
    """
    if sys.platform == "linux":
        if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "The system did not take PR_SET_PDEATHSIG.")
        if os.getppid() != parent:
            return
    os.execvp(command[0], command)  # noqa: S606  (the commands are our own, see serve.py)


if __name__ == "__main__":
    main(parent=int(sys.argv[1]), command=sys.argv[2:])
