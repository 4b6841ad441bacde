"""`backstop articles`: a folder of Markdown that can be kept under version control."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.import_articles import files_of
from bot.cli.importing import ReviewedBy
from bot.cli.importing import articles as take_in
from bot.cli.opening import CONFIG, STYLE, Config, opened, stop

app = typer.Typer(help="Articles as files, out and in again.", **STYLE)

Folder = Annotated[Path, typer.Argument(help="A folder of *.md with front matter.")]


@app.command("export")
def write_out(folder: Folder, config: Config = CONFIG) -> None:
    """Write each article into a file of its own, named by its id. Other files stay as they are."""
    with opened(config) as database, database.reading() as uow:
        count = same = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in files_of(uow):
                count += 1
                file = folder / name
                if file.is_file() and file.read_bytes() == text.encode():
                    same += 1
                    continue
                file.write_bytes(text.encode())
        except OSError as error:
            stop(f"{folder} cannot be written: {error.strerror}.", 2)
    typer.echo(f"{count} articles in {folder}: {count - same} written, {same} as they were.")


@app.command("import")
def read_in(
    folder: Annotated[Path, typer.Argument(help="As it was exported.", exists=True)],
    reviewed_by: ReviewedBy = "",
    config: Config = CONFIG,
) -> None:
    """Take the files in again: the same as `backstop import articles FOLDER`. A file that is older
    than what somebody has published meanwhile is rejected, and overwrites nothing."""
    take_in(folder, None, reviewed_by, config)
