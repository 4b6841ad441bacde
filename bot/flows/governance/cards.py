"""What a looser policy would change, before the administrators."""

from collections.abc import Mapping, Sequence

from bot.cards import Block, Button, Buttons, Card, Moment, Strong, Text, Tone
from bot.config.directory import Directory
from bot.config.policy_held import read_policy
from bot.governing import AGREEING, Governed
from bot.policy_changes import Change
from storage.models import PolicyState, StoredPolicy
from storage.unit_of_work import UnitOfWork

AT_MOST = 25
_ENDED: Mapping[PolicyState, tuple[str, Tone]] = {
    PolicyState.IN_FORCE: ("Agreed to: counts from the next start of the bot", "good"),
    PolicyState.REFUSED: ("Refused: the policy in force stays, until the bot asks again", "bad"),
    PolicyState.REPLACED: ("Not asked for any more", "neutral"),
}


def draw_policy(
    ident: int, uow: UnitOfWork, governed: Governed, directory: Directory
) -> Card | None:
    asked = uow.policies.get(ident)
    key, title = f"policy-{ident}", "app.yaml would loosen who may approve what"
    if asked.state is not PolicyState.ASKED:
        told, tone = _ENDED[asked.state]
        ended: list[Block] = [Text((Strong(told),)), *_agreed(asked, directory)]
        return Card(key, title, f"{title}: {told.lower()}.", tuple(ended), tone)
    found = governed.changes_from(uow.policies.in_force())
    if governed.wanted != read_policy(asked.document):
        # Another process asks for something else than this one's file.
        return None
    args = {"policy": ident, "digest": asked.digest}
    blocks: list[Block] = [
        Text((Strong("Waits until two administrators agree. Until then the old value counts:"),)),
        *_lines([one for one in found if one.waits]),
    ]
    if tighter := [one for one in found if not one.waits]:
        blocks += [Text((Strong("Counts already:"),)), *_lines(tighter)]
    blocks += [
        *_agreed(asked, directory),
        Text((f"Policy {asked.digest[:12]}",), "context"),
        Buttons(
            (
                Button("Agree", "policy.agree", args, "good"),
                Button("Refuse", "policy.refuse", args, "bad"),
            )
        ),
    ]
    return Card(key, title, f"{title}: two administrators have to agree.", tuple(blocks), "warning")


def _lines(found: Sequence[Change]) -> list[Block]:
    lines: list[Block] = [
        Text((Strong(one.what), f": {one.was} → {one.now}")) for one in found[:AT_MOST]
    ]
    if len(found) > AT_MOST:
        more = f"{len(found) - AT_MOST} more: run `backstop policy show`."
        lines.append(Text((more,), "context"))
    return lines


def _agreed(asked: StoredPolicy, directory: Directory) -> list[Block]:
    people = [directory.get(one) for one in asked.agreed]
    names = ", ".join(person.name if person else "somebody" for person in people)
    told: list[Block] = []
    if names:
        told.append(Text((Strong(f"{len(people)} of {AGREEING} have agreed: {names}"),)))
    if asked.decided_at is not None and asked.decided_by and not names:
        by = directory.get(asked.decided_by)
        told.append(
            Text((f"By {by.name if by else asked.decided_by} · ", Moment(asked.decided_at)))
        )
    return told
