"""The entry point of the `fieldapp` command and of `python -m fieldapp`."""

import os
import sys


def main() -> None:
    """Open the window or run the command line; files they make are readable for their owner alone."""
    os.umask(0o077)
    from fieldapp.commands.straight import is_plain_start, start  # noqa: PLC0415 - the umask comes first

    arguments = sys.argv[1:]
    if is_plain_start(arguments):
        sys.exit(start(arguments))
    from fieldapp.commands.root import build  # noqa: PLC0415 - the window stands without it

    build(arguments[0])()


if __name__ == "__main__":
    main()
