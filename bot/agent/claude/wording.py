"""A second look at how a letter reads: one short call, and no second try."""

from pydantic import ValidationError

from bot.agent.claude.budget import Purse
from bot.agent.claude.model import Asking, Model, Reply
from bot.agent.claude.tools import WORDING, WordingReport
from bot.agent.fencing import fenced
from bot.agent.looking import OverBudget, Spending
from bot.agent.noticing import Heard, Letter, Noticed
from bot.agent.redaction import Redaction
from bot.config.agent import AgentSettings
from bot.errors import OutsideError

PATIENCE_S = 10.0
_WROTE, _TEXT = 4_000, 8_000


class ClaudeWording:
    def __init__(
        self, model: Model, asking: Asking, settings: AgentSettings, spending: Spending
    ) -> None:
        self._model, self._asking, self._settings = model, asking, settings
        self._spending = spending

    def read(self, letter: Letter, ticket: int) -> Heard:
        redaction = Redaction()
        wrote = redaction.hide(letter.wrote[:_WROTE])
        told = {"text": redaction.hide(letter.text[:_TEXT]), "language": letter.language}
        prompt = (
            f"<ticket>\n{fenced(wrote)}\n</ticket>\n<letter>\n{fenced(told)}\n</letter>\n"
            f"Call {WORDING} once."
        )
        purse = Purse(self._settings.budget, self._settings.prices, self._spending, ticket)
        until = self._model.now() + min(PATIENCE_S, self._settings.timeout.total_seconds())
        asked = [{"role": "user", "content": prompt}]
        try:
            reply = self._model.ask(self._asking, asked, until, purse, tries=1)
        except OverBudget as which:
            return Heard(trouble=f"over budget: {which}")
        except OutsideError:
            return Heard(spent=purse.spent, trouble="model away")
        try:
            return Heard(_noticed(reply, redaction), purse.spent)
        except ValidationError:
            return Heard(spent=purse.spent, trouble="refused")


def _noticed(reply: Reply, redaction: Redaction) -> tuple[Noticed, ...]:
    """Raises ValidationError for one field too many anywhere: then none of it counts."""
    reports = [
        WordingReport.model_validate(call.args) for call in reply.calls if call.tool == WORDING
    ]
    return tuple(
        Noticed(
            each.rule, redaction.restore(each.quote), redaction.restore(each.suggestion), each.grave
        )
        for report in reports
        for each in report.findings
    )
