"""The bot as `backstop run` starts it, but with workers that never begin."""

import dataclasses
import os
import sys
from pathlib import Path

from bot.bootstrap import build
from bot.config import load
from bot.service import Service
from bot.worker import Worker

if __name__ == "__main__":
    backstop = build(load(Path(sys.argv[1])), os.environ)
    Service(dataclasses.replace(backstop, worker=Worker(backstop.bus, threads={}))).run()
