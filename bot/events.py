"""What has happened; frozen, past tense. Fields are ids and plain JSON values only, because each
event is stored with the deliveries it causes, and no customer's words may rest there."""

from dataclasses import dataclass

from bot.agent_events import AgentEvent
from bot.approval_events import ApprovalEvent
from bot.knowledge_events import KnowledgeEvent


@dataclass(frozen=True)
class TicketToldInPart:
    ticket_ref: str
    source: str


@dataclass(frozen=True)
class TriageWanted:
    """There are new words of a customer, and perhaps nobody who answers them."""

    ticket: int


@dataclass(frozen=True)
class CustomerWrote:
    ticket: int
    message: int


@dataclass(frozen=True)
class TicketChanged:
    """Something that stands on a card is different now."""

    ticket: int


@dataclass(frozen=True)
class RequesterChanged:
    """The help desk has given the ticket to another customer."""

    ticket: int


@dataclass(frozen=True)
class TicketReopened:
    """What was resolved is open: somebody in the help desk, or the customer's words, opened it."""

    ticket: int


@dataclass(frozen=True)
class EscalationRaised:
    escalation: int


@dataclass(frozen=True)
class ReadersAsked:
    """A timer: those who read the customer's language have had their time with it."""

    escalation: int


@dataclass(frozen=True)
class EscalationUnclaimed:
    """A timer: nobody has claimed it since it reached this level."""

    escalation: int
    level: int


@dataclass(frozen=True)
class ClaimIdle:
    """A timer: the owner has had it for a while; `claim` is the how-manieth claim it is about."""

    escalation: int
    claim: int
    reminded: bool


@dataclass(frozen=True)
class WordingWanted:
    """Somebody waits for a model to read their letter, before the form at this address."""

    escalation: int
    message: int
    surface: str
    where: str
    until_in: str
    is_recorded: bool


@dataclass(frozen=True)
class PromiseNears:
    """A timer: it is time to keep the promise."""

    promise: int


@dataclass(frozen=True)
class PromiseDue:
    """A timer: by now it had to be kept."""

    promise: int


@dataclass(frozen=True)
class ActProposed:
    """Triage wants this act; `index` counts within the decision's acts."""

    decision: int
    index: int


@dataclass(frozen=True)
class ActForbidden:
    """No gate lets this act pass."""

    decision: int
    gate: str


@dataclass(frozen=True)
class ActRepeated:
    """About the same thing an act was approved on this ticket before, or waits anywhere."""

    decision: int
    earlier: int


@dataclass(frozen=True)
class ActRejected:
    approval: int


@dataclass(frozen=True)
class ApprovalExpires:
    """A timer: the approval's time is over."""

    approval: int


@dataclass(frozen=True)
class ApprovalExpired:
    approval: int


@dataclass(frozen=True)
class EffectReady:
    effect: int


@dataclass(frozen=True)
class DeskEffectReady:
    """One that is done in the help desk: words, a note, a status."""

    effect: int


@dataclass(frozen=True)
class EffectPending:
    """A timer: the other side has it and had not finished it when last looked at."""

    effect: int


@dataclass(frozen=True)
class ActDone:
    """What was approved has happened."""

    effect: int


@dataclass(frozen=True)
class MessageSent:
    """A reply or note of ours is in the help desk."""

    effect: int


@dataclass(frozen=True)
class EffectRefused:
    """The outside said a definite no, or our own last check did."""

    effect: int


@dataclass(frozen=True)
class EffectStuck:
    """Nobody can tell whether it happened: a person must look."""

    effect: int


@dataclass(frozen=True)
class CardChanged:
    """One copy of a card no longer shows what is so."""

    post: int


@dataclass(frozen=True)
class CardLost:
    """A copy cannot be shown where it should be: the channel is gone or closed to us."""

    post: int
    code: str


@dataclass(frozen=True)
class HomeChanged:
    """Somebody looks at their Home; the account is as the edge verified it."""

    surface: str
    user: str
    workspace: str
    standing: str


@dataclass(frozen=True)
class PrivatelyTold:
    """A private word on its way; `via` is a click's reply address, `text` our own words, `ticket`
    what they are about, `nameless` what a lock screen shows instead of words that name somebody."""

    surface: str
    channel: str
    user: str
    text: str
    via: str | None = None
    thread: str | None = None
    ticket: int | None = None
    nameless: str | None = None


@dataclass(frozen=True)
class ChannelTold:
    """Our own words to everybody in a channel, on their way; `nameless` as in `PrivatelyTold`."""

    surface: str
    channel: str
    text: str
    nameless: str | None = None


@dataclass(frozen=True)
class Started:
    """The bot runs with its settings from now on, or with other people."""


@dataclass(frozen=True)
class DeliveryParked:
    delivery: int
    step: str


Event = (
    TicketToldInPart
    | TriageWanted
    | CustomerWrote
    | TicketChanged
    | RequesterChanged
    | TicketReopened
    | EscalationRaised
    | ReadersAsked
    | EscalationUnclaimed
    | ClaimIdle
    | WordingWanted
    | PromiseNears
    | PromiseDue
    | ActProposed
    | ActForbidden
    | ActRepeated
    | ActRejected
    | AgentEvent
    | ApprovalEvent
    | ApprovalExpires
    | ApprovalExpired
    | EffectReady
    | DeskEffectReady
    | EffectPending
    | ActDone
    | MessageSent
    | EffectRefused
    | EffectStuck
    | CardChanged
    | CardLost
    | HomeChanged
    | PrivatelyTold
    | ChannelTold
    | Started
    | DeliveryParked
    | KnowledgeEvent
    | AgentEvent
)
