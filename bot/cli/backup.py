"""`backstop backup`: a copy of everything, while the bot runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import CONFIG, Config, opened, stop
from storage.backup import NoTool
from storage.backup import backup as copy
from storage.errors import Broken


def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes; it must not be there yet.")],
    config: Config = CONFIG,
) -> None:
    """Copy the database and check the copy. It holds customers' words: keep it as safe."""
    with opened(config) as database:
        try:
            copy(database.url, file)
        except FileExistsError:
            stop(f"{file} is already there. Name another file.", 2)
        except (NoTool, Broken, OSError) as error:
            stop(f"No backup was made: {error}.")
    typer.echo(f"Wrote {file}, {file.stat().st_size:,} bytes.")
