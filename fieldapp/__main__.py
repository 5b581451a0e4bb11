"""The entry point of the `fieldapp` command and of `python -m fieldapp`."""

import os


def main() -> None:
    """Run the command line; files it makes are readable for their owner alone."""
    os.umask(0o077)
    from fieldapp.commands.root import build  # noqa: PLC0415 - the umask comes first

    build()()


if __name__ == "__main__":
    main()
