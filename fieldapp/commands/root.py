"""The root of the command line: every command by its name, the options that stand before it, the exit codes."""

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from fieldapp import __version__
from fieldapp.commands.door import USAGE, speech
from fieldapp.words import say

_EPILOG = (
    "Exit codes: 0 done; 1 an error of the program; 2 wrong usage; 3 bad input or not allowed; 4 disk, folder, file or"
    " screen; 5 sign-in refused; 6 a check or a verification found something wrong; 130 stopped with Ctrl+C."
    " Scripts give the staff name and password in FIELDAPP_STAFF and FIELDAPP_PASSWORD, a new"
    " password in FIELDAPP_NEW_PASSWORD."
)
_COMMANDS = (
    ("window", "window"),
    ("setup", "setup"),
    ("register", "register"),
    ("verify", "verify"),
    ("summary", "summary"),
    ("export", "export"),
    ("check", "check"),
    ("match", "match"),
    ("backup", "backup"),
    ("restore", "restore"),
    ("recover", "recover"),
    ("tokens", "tokens"),
    ("erase", "erase"),
    ("reprint", "reprint"),
    ("sync", "sync"),
    ("demo", "demo"),
)
"""Command name and module; the module has a function of the same name."""

_GROUPS = ("staff", "bundle", "enrol", "laptops", "issuers", "codes", "hub")
"""Groups of commands, each a module with an `app` of its own."""


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fieldapp {__version__}")
        raise typer.Exit


class _Root(TyperGroup):
    """Where nobody can be asked, an option that would be asked for is missing: wrong usage, and no error of ours."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.Abort:
            if sys.stdin.isatty():
                raise
            typer.echo(f"\n{say(speech(), 'option_missing')}", err=True)
            raise typer.Exit(USAGE) from None


def build(asked: str = "") -> typer.Typer:
    """Put the command line together; if the name of one command is asked for, with that one alone."""
    root = typer.Typer(
        name="fieldapp",
        cls=_Root,
        help="Registers arriving families offline, prints signed slips, and makes the day's summary.",
        epilog=_EPILOG,
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @root.callback(invoke_without_command=True)
    def main(
        context: typer.Context,
        version: Annotated[
            bool, typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True)
        ] = False,
    ) -> None:
        del version
        if context.invoked_subcommand is None:
            import_module("fieldapp.commands.window").window()

    is_one = asked in _GROUPS or asked in dict(_COMMANDS)
    for name, module in _COMMANDS:
        if not is_one or name == asked:
            root.command(name)(getattr(import_module(f"fieldapp.commands.{module}"), name))
    for group in _GROUPS:
        if not is_one or group == asked:
            root.add_typer(import_module(f"fieldapp.commands.{group}").app, name=group)
    return root
