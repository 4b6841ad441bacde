"""python -m bot, and the console script `backstop`."""

from bot.cli import app


def main() -> None:
    app()


if __name__ == "__main__":
    main()
