"""`python -m benchmarks.mutants [MODULE ...]`: break the rules and count what nobody notices."""

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

from benchmarks.mutants.modules import MODULES
from benchmarks.mutants.operators import Mutant
from benchmarks.mutants.running import KILLED, TIMED_OUT, UNJUDGED, run

KEPT = Path("benchmarks/mutants.json")
EQUIVALENT = Path("benchmarks/mutants/equivalent.toml")
AIM = 0.9


def main(wanted: list[str]) -> int:
    """What is named is a part of a module's path; without a name all are."""
    chosen = {
        path: tests
        for path, tests in MODULES.items()
        if not wanted or any(part in path for part in wanted)
    }
    if not chosen:
        print(f"No module is called {', '.join(wanted)}. There are:", *MODULES, sep="\n  ")
        return 2
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    same = tomllib.loads(EQUIVALENT.read_text())
    print(f"{'module':36} {'mutants':>7} {'killed':>7} {'alike':>6} {'left':>5}")
    for path, tests in chosen.items():
        kept[path] = _measure(path, tests, same.get(path, {}))
        KEPT.write_text(json.dumps({of: kept[of] for of in MODULES if of in kept}, indent=2) + "\n")
    return 0 if all(_share(kept[path]) >= AIM for path in chosen) else 1


def _measure(path: str, tests: tuple[str, ...], same: dict[str, str]) -> dict[str, object]:
    counted: Counter[str] = Counter()
    left: list[tuple[Mutant, str]] = []
    alike: list[Mutant] = []
    for mutant, became in run(path, tests):
        counted[became] += 1
        if became in (KILLED, TIMED_OUT):
            continue
        if mutant.name in same:
            alike.append(mutant)
        else:
            left.append((mutant, became))
    killed = counted[KILLED] + counted[TIMED_OUT]
    print(f"{path:36} {counted.total():7} {killed:7} {len(alike):6} {len(left):5}")
    for mutant, became in left:
        told = f" ({became})" if became == UNJUDGED else ""
        print(f"  {path}:{mutant.line} {mutant.name}{told}", flush=True)
    # What dies of a test after all is not alike: the list is to stay true.
    for name in sorted(same.keys() - {mutant.name for mutant in alike}):
        print(f"  not alike, or not there: {name}")
    return {
        "mutants": counted.total(),
        "killed": killed,
        "equivalent": len(alike),
        "survived": [mutant.name for mutant, _ in left],
    }


def _share(counts: dict[str, object]) -> float:
    killed, mutants, alike = (counts[name] for name in ("killed", "mutants", "equivalent"))
    assert isinstance(killed, int) and isinstance(mutants, int) and isinstance(alike, int)
    return killed / ((mutants - alike) or 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
