"""What approvals promise, said once more without a database: the machine holds the bot to it.

It shares nothing with the bot but names and amounts. Where it is silent nothing may happen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import permutations

from benchmarks.torture.indoors.money_model import OVER, Consent, Payment
from benchmarks.torture.indoors.outside import Fault
from benchmarks.torture.indoors.staff import (
    CODE_ABOVE,
    EXPIRES,
    GATES,
    GRACE,
    GUEST,
    IS_OURS,
    LONGEST,
    PEOPLE,
    PERSON_A_DAY,
    UNASKED_AN_HOUR,
)
from benchmarks.torture.indoors.wishes import Code, Vote, Wish

DAY, HOUR, LEASES_LAPSE = timedelta(days=1), timedelta(hours=1), timedelta(seconds=11)
DECIDING = frozenset({"approver", "lead", "admin"})
CODE_S, TRIES, LOCK = 30, 5, timedelta(minutes=15)


@dataclass
class Model:
    """`now` is told; everything else follows from what was asked before."""

    now: datetime
    wishes: dict[int, Wish] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    is_down: bool = False
    stopped: bool = False
    lifting: str | None = None
    codes: dict[str, Code] = field(default_factory=dict)
    faults: dict[int, Fault] = field(default_factory=dict)
    proposed: int = 0

    # What somebody does; each says what they are answered.

    def propose(self, amount: int, is_ours: bool) -> None:
        gate = next(gate for gate in GATES if amount <= gate.up_to)
        steps = gate.steps
        unasked = [w for w in self.wishes.values() if not w.steps and w.asked >= self.now - HOUR]
        if not steps and len(unasked) >= UNASKED_AN_HOUR:
            steps = ("approver",)
        requester = IS_OURS if is_ours else "offline"
        self.proposed += 1
        ends = self.now + EXPIRES
        wish = Wish(amount, steps, requester, self.now, ends, amount, self.proposed)
        if not self._is_satisfiable(wish, set(), amount):
            return
        self.wishes[len(self.wishes) + 1] = wish
        if not steps:
            wish.state, wish.payment = "approved", Payment(self.now)
        self.pass_time()

    def grant(self, who: str, number: int, seen: int, is_original: bool, code: str) -> str:
        """`code` is right, old, wrong or nothing."""
        wish = self.wishes[number]
        if not wish.steps:
            return "told"
        barred = who in wish.editors or who in (vote.person for vote in wish.votes)
        if barred or not self._may(who, wish, [wish.role(wish.step)]) or not is_original:
            return "told"
        if seen != wish.version or not self._is_open(wish):
            return "told"
        if self._said(who) + wish.amount > PERSON_A_DAY:
            return "told"
        if wish.amount > CODE_ABOVE and (answer := self._prove(who, code, wish)) != "done":
            return answer
        if wish.returned:
            return "told"
        wish.votes.append(Vote(who, wish.step, self.now))
        if len(wish.votes) == len(wish.steps):
            wish.runs = self.now + GRACE
        self.pass_time()
        return "done"

    def undo(self, who: str, number: int, is_original: bool) -> str:
        wish = self.wishes[number]
        mine = [vote for vote in wish.votes if vote.person == who]
        if not self._is_one(who) or not is_original or not mine or wish.runs is None:
            return "told"
        if wish.state != "pending":
            return "told"
        wish.votes.remove(mine[0])
        wish.runs = None
        self.pass_time()
        return "done"

    def reject(self, who: str, number: int, seen: int) -> str:
        wish = self.wishes[number]
        if not self._may(who, wish, wish.steps) or not self._is_standing(wish, seen):
            return "told"
        wish.state = "rejected"
        return "done"

    def give_back(self, who: str, number: int, seen: int) -> str:
        wish = self.wishes[number]
        if not self._may(who, wish, wish.steps) or not self._is_standing(wish, seen):
            return "told"
        if wish.returned:
            return "told"
        wish.returned = True
        return "done"

    def revise(self, who: str, number: int, seen: int, amount: int) -> str:
        wish = self.wishes[number]
        is_other = amount != wish.amount
        may = self._may_answer if wish.returned else self._may_change
        if not may(who, wish) or not self._is_open(wish) or seen != wish.version:
            return "told"
        if amount > wish.most or not (is_other or wish.returned):
            return "corrected"
        if is_other and not self._is_satisfiable(wish, {*wish.editors, who}, amount):
            return "told"
        wish.version, wish.amount, wish.votes = wish.version + 1, amount, []
        wish.editors |= {who} if is_other else set()
        if wish.returned:
            whole = wish.expires - wish.asked
            wish.expires = min(self.now + whole, wish.asked + LONGEST)
        wish.returned = False
        return "done"

    def stop(self, who: str) -> str:
        if self._is_one(who) and self._roles(who) & DECIDING:
            self.stopped, self.lifting = True, None
        return "told"

    def start(self, who: str) -> str:
        if not self._is_one(who) or not self._roles(who) & DECIDING or not self.stopped:
            return "told"
        first = self.lifting if self.lifting and self._roles(self.lifting) & DECIDING else None
        if first is None:
            self.lifting = who
        elif first != who:
            self.stopped, self.lifting = False, None
        return "told"

    # What time does.

    def pass_time(self, by: timedelta = timedelta(0)) -> None:
        self.now += by
        for wish in self.wishes.values():
            if wish.state == "pending" and wish.runs is not None and wish.runs <= self.now:
                wish.state, wish.payment = "approved", Payment(self.now)
            elif wish.state == "pending" and wish.runs is None and wish.expires <= self.now:
                wish.state = "expired"
        while due := [w for w in self.wishes.values() if _is_due(w.payment, self.now)]:
            first = min(due, key=lambda wish: wish.payment.due if wish.payment else self.now)
            self._pay(first)

    def _pay(self, wish: Wish) -> None:
        assert wish.payment is not None
        fault = self.faults.get(wish.charge, "")
        if wish.payment.attempt(self.now, self._consent(wish), self.stopped, fault):
            self.faults.pop(wish.charge, None)
            if fault in ("crash", "crash after"):
                self.pass_time(LEASES_LAPSE)

    # Who may what.

    def _consent(self, wish: Wish) -> Consent:
        voters = [v for v in wish.votes if self._may_still(v, wish)]
        return Consent([self._standing(vote.person) for vote in voters], len(wish.steps))

    def _may_still(self, vote: Vote, wish: Wish) -> bool:
        return self._could(vote.person, wish, [wish.role(vote.step)], wish.amount)

    def _standing(self, who: str) -> bool | None:
        if self.is_down:
            return None
        return who not in self.closed and who != GUEST

    def _is_one(self, who: str) -> bool:
        return who in PEOPLE and self._standing(who) is True

    def _roles(self, who: str) -> frozenset[str]:
        roles = PEOPLE[who].roles if who in PEOPLE else frozenset()
        return roles - DECIDING if who in self.lost else roles

    def _could(self, who: str, wish: Wish, roles: Sequence[str], sum_: int) -> bool:
        limit = PEOPLE[who].limit if who in PEOPLE else 0
        is_within = limit is None or sum_ <= limit
        return bool(self._roles(who) & set(roles)) and is_within and who != wish.requester

    def _may(self, who: str, wish: Wish, roles: Sequence[str]) -> bool:
        return self._is_one(who) and self._could(who, wish, roles, wish.amount)

    def _may_change(self, who: str, wish: Wish) -> bool:
        return self._may(who, wish, wish.steps)

    def _may_answer(self, who: str, wish: Wish) -> bool:
        works = self._roles(who) & (DECIDING | {"specialist"})
        return self._is_one(who) and bool(works) and who != wish.requester

    def _is_satisfiable(self, wish: Wish, editors: set[str], amount: int) -> bool:
        able = [who for who in PEOPLE if who not in editors]
        return any(
            all(
                self._could(who, wish, [role], amount)
                for who, role in zip(some, wish.steps, strict=True)
            )
            for some in permutations(able, len(wish.steps))
        )

    # What stands.

    def _is_open(self, wish: Wish) -> bool:
        return wish.state == "pending" and wish.runs is None and wish.expires > self.now

    def _is_standing(self, wish: Wish, seen: int) -> bool:
        return self._is_open(wish) and seen == wish.version

    def _said(self, who: str) -> int:
        since = self.now - DAY
        return sum(
            wish.amount
            for wish in self.wishes.values()
            if wish.state in ("pending", "approved")
            and not (wish.payment and wish.payment.state == "refused")
            and any(vote.person == who and vote.at >= since for vote in wish.votes)
        )

    def _prove(self, who: str, code: str, wish: Wish) -> str:
        if not PEOPLE[who].has_code:
            return "told"
        held = self.codes.setdefault(who, Code())
        if held.locked is not None and held.locked > self.now:
            return "told"
        if not code:
            return "asked"
        if code == "wrong":
            held.wrong += 1
            if held.wrong % TRIES == 0:
                held.locked = self.now + LOCK * 2 ** (held.wrong // TRIES - 1)
            return "corrected"
        number = int(self.now.timestamp()) // CODE_S - (code == "old")
        if number <= held.used:
            return "corrected"
        if not wish.returned:
            held.used, held.wrong, held.locked = number, 0, None
        return "done"


def _is_due(payment: Payment | None, now: datetime) -> bool:
    return payment is not None and payment.state not in OVER and payment.due <= now
