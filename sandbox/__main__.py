"""`python -m sandbox demo|serve`."""

import argparse
from pathlib import Path

from sandbox.demo import Plan, demo, serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("demo", "sandbox and bot"), ("serve", "sandbox without the bot")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--port", type=int, default=8700, help="the sandbox's port")
        command.add_argument("--bot-port", type=int, default=8710, help="the bot's port")
        command.add_argument("--stream", type=float, default=0, help="tickets a minute")
        command.add_argument(
            "--folder", type=Path, default=Path("var/demo"), help=argparse.SUPPRESS
        )
    both = commands.choices["demo"]
    both.add_argument("--delivery", choices=("socket", "http"), default="socket")
    both.add_argument("--database", default="", help="database URL; SQLite when not given")
    asked = vars(parser.parse_args())
    run = demo if asked.pop("command") == "demo" else serve
    run(Plan(**asked))


if __name__ == "__main__":
    main()
