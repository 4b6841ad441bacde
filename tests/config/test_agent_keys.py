"""Keys of other agents that anybody could guess."""

from pathlib import Path

from bot.config.problems import problems
from tests.config.files import TOKENS, TWO_PEOPLE, load_text

TWO_KEYS = f"{TWO_PEOPLE}agent: {{others: {{helper: {{keys: [NEW, OLD], scopes: [acts]}}}}}}\n"


def test_a_short_key_is_named_and_shuts_only_whom_no_other_lets_in(tmp_path: Path) -> None:
    settings = load_text(tmp_path, TWO_KEYS)
    for new, severity in (("n" * 32, "note"), ("n" * 31, "closed")):
        found = problems(settings, TOKENS | {"NEW": new, "OLD": "o"})
        said = [(one.severity, one.wrong) for one in found if "fewer than 32" in one.wrong]
        assert (severity, "OLD has fewer than 32 letters") in said
