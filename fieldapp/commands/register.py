"""`fieldapp register`: families from a JSON file, the same way as through the window."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp import settings
from fieldapp.code_lists import code_list
from fieldapp.commands.door import REFUSED, data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.domain.problems import Problem
from fieldapp.exchange.json_fields import FileProblem
from fieldapp.exchange.registration_file import LARGEST_FILE, Defaults, GroupRead, read_groups
from fieldapp.i18n import Language
from fieldapp.trust.safe_files import told_in_words
from fieldapp.words import say

if TYPE_CHECKING:  # `--help` needs no register
    from fieldapp.services.desk import Desk

_MEGABYTE = 1024 * 1024


def register(
    file: Annotated[Path, typer.Argument(help="JSON file of families; the README documents it.", metavar="FILE.json")],
    slips: Annotated[
        Path | None, typer.Option(help="Folder for the slips: NUMBER.pdf for each family.", metavar="DIR")
    ] = None,
    layout: Annotated[
        str,
        typer.Option(
            help="Layout of the slips: a6, a7, a4, letter, half_letter, roll_80, roll_58, label_62, card, wristband; by default as in the settings."
        ),
    ] = "",
    data_dir: DataDir = None,
) -> None:
    """Register families from a JSON file and print their numbers, one a line.

    Each family is stored whole or not at all. Families with a mistake are named by line and field on the error stream
    and left out, the others are registered; the exit code is then 3. A file that is not JSON registers nobody.
    """
    from fieldapp.services.register import check_entry, register_group  # noqa: PLC0415 - `--help` is quick
    from fieldapp.services.slip_files import SlipFolder, check_layout  # noqa: PLC0415

    folder = data_folder(data_dir)
    language = speech(folder)
    with run_safely(folder):
        text = _read(file)
        preferred = settings.load(folder)
        check_layout(layout or preferred.slip_layout)
        with open_desk(data_dir) as desk:
            read = read_groups(text, _defaults(desk))
            problems, good = list(read.problems), list[GroupRead]()
            for group in read.groups:
                found = [
                    each for each in check_entry(group.entry, desk.today(), desk.zone, desk.actor.role) if each.blocking
                ]
                for each in found:
                    line, path = group.place(each.member, each.field)
                    problems.append(FileProblem(line, path, each.code, each.value, each.limit))
                if not found:
                    good.append(group)
            for problem in sorted(problems, key=lambda each: each.line):
                typer.echo(_told(problem, language), err=True)
            chosen = layout or preferred.slip_layout
            target = SlipFolder(slips, chosen, preferred.portrait_on_slip) if slips else None
            if target:
                target.prepare()
            for group in good:
                if target:
                    registered = target.register(desk, group.entry, group.language or preferred.slip_language)
                else:
                    registered = register_group(desk, group.entry)
                typer.echo(registered.number)
        refused = {problem.path.partition("]")[0] for problem in problems}
        typer.echo(
            language.gettext(
                "Registered families: {good}; left out because of mistakes: {bad}",
                good=language.number(len(good)), bad=language.number(len(refused)),
            ),
            err=True,
        )  # fmt: skip
        if problems:
            raise typer.Exit(REFUSED)


def _read(file: Path) -> str:
    with told_in_words(file), file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Problem("file_too_large", name=file.name, most=LARGEST_FILE // _MEGABYTE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem("file_not_utf8", name=file.name, place=error.start + 1) from error


def _defaults(desk: "Desk") -> Defaults:
    posts = code_list("border_posts")
    mode = posts[desk.device.post].extra.get("mode", "") if desk.device.post in posts else ""
    crossing_kind = mode if mode in code_list("crossing_kinds") else "unknown"
    return Defaults(desk.now_ms(), desk.device.post, crossing_kind, desk.zone)


def _told(problem: FileProblem, language: Language) -> str:
    message = say(language, problem.code, value=problem.value, limit=problem.limit)
    return language.gettext("Line {line}, {path}: {problem}", line=problem.line, path=problem.path, problem=message)
