"""What somebody asks of us; frozen, verb first. `by` is an account as the edge verified it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.agent_commands import AgentCommand
from bot.approval_commands import ApprovalCommand
from bot.enrolment_commands import EnrolmentCommand
from bot.governance_commands import GovernanceCommand
from bot.knowledge_commands import KnowledgeCommand
from bot.people import Account
from bot.ports import DeskTicket, StatusSignal


@dataclass(frozen=True)
class ReceiveTicket:
    """A help desk told us of a ticket: the `whole` of it, `news` of one that is whole without
    them, a mere `hint` that something changed, upon which the ticket is fetched, or that it is
    `gone` and can be asked for no more."""

    source: str
    ticket: DeskTicket
    telling: Literal["whole", "news", "hint", "gone"] = "whole"


@dataclass(frozen=True)
class FetchTickets:
    """These tickets of the help desk changed, or are open: fetch each of them when it is `due`,
    behind whatever somebody waits for. Those that are `gone` were deleted there."""

    source: str
    tickets: tuple[str, ...]
    due: datetime
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteSignals:
    """A monitor told of these troubles, in one call."""

    source: str
    signals: tuple[StatusSignal, ...]


@dataclass(frozen=True)
class MakeTicket:
    """Turn a chat message into a ticket; `text` is the message, `author` its platform user, `name`
    what they are called there, and `place` how people speak of the channel."""

    by: Account
    channel: str
    message: str
    text: str
    author: str
    name: str = ""
    place: str = "chat"


@dataclass(frozen=True)
class ClaimEscalation:
    by: Account
    escalation: int


@dataclass(frozen=True)
class ReleaseEscalation:
    by: Account
    escalation: int


@dataclass(frozen=True)
class OpenReply:
    by: Account
    escalation: int


@dataclass(frozen=True)
class SendReply:
    """`customer` is whom the form was opened to write to. `until` is the time, as it was typed, by
    which they are to hear again; `warned` names the findings that whoever sends it has seen."""

    by: Account
    escalation: int
    customer: int
    text: str
    until: str = ""
    warned: tuple[str, ...] = ()


@dataclass(frozen=True)
class TakeReplyBack:
    """What I have just sent, before it leaves."""

    by: Account
    escalation: int


@dataclass(frozen=True)
class CheckWording:
    """Have a model read what stands in the form at `where`; `until_in` is the input that holds
    `until`."""

    by: Account
    escalation: int
    customer: int
    text: str
    until: str
    until_in: str
    where: str


@dataclass(frozen=True)
class OpenResolution:
    by: Account
    escalation: int


@dataclass(frozen=True)
class ResolveEscalation:
    """`verdict` is "rightly" or "agent_should" (have handled it); `heard` is the customer's newest
    message when the form was opened, 0 for none. `solved_by` is the id of the article that solved
    it, chosen among those found, `article` another one as typed; both may be empty."""

    by: Account
    escalation: int
    heard: int
    verdict: str
    solved_by: str = ""
    article: str = ""


@dataclass(frozen=True)
class WaitForCustomer:
    """`heard` is the customer's newest message on the card that was pressed, 0 for none."""

    by: Account
    escalation: int
    heard: int


@dataclass(frozen=True)
class ShowConversation:
    by: Account
    escalation: int


@dataclass(frozen=True)
class ShowTicket:
    by: Account
    typed: str


@dataclass(frozen=True)
class ShowHelp:
    """Of everything, of the switch alone, or of everything after words nobody understands."""

    by: Account
    about: Literal["all", "effects", "unknown"] = "all"


@dataclass(frozen=True)
class ShowMe:
    by: Account


@dataclass(frozen=True)
class OpenHome:
    by: Account


@dataclass(frozen=True)
class StopEffects:
    by: Account


@dataclass(frozen=True)
class StartEffects:
    """Two people must ask for it before effects run again."""

    by: Account


@dataclass(frozen=True)
class NoteStart:
    """The bot has started: what it starts with is on record, and told where something is closed."""


@dataclass(frozen=True)
class NotePeople:
    """Who has which role has been read again: what is closed may be another thing."""


@dataclass(frozen=True)
class TellAdministrators:
    """Something of the machine that only they can mend."""

    words: str


@dataclass(frozen=True)
class NoteDeparted:
    """Slack lets these people of app.yaml (ids), and nobody else of it, do nothing here."""

    people: tuple[str, ...]


@dataclass(frozen=True)
class NoteChannelGone:
    """A channel was archived or deleted: its cards need another place."""

    surface: str
    channel: str


@dataclass(frozen=True)
class Unreadable:
    """A button or form that this version does not know or cannot read, for the reason `why`; it
    is refused like any other, and so is on record."""

    by: Account
    why: str


Command = (
    ReceiveTicket
    | FetchTickets
    | NoteSignals
    | MakeTicket
    | ClaimEscalation
    | ReleaseEscalation
    | OpenReply
    | SendReply
    | TakeReplyBack
    | CheckWording
    | OpenResolution
    | ResolveEscalation
    | WaitForCustomer
    | ShowConversation
    | ShowTicket
    | ShowHelp
    | ShowMe
    | OpenHome
    | StopEffects
    | StartEffects
    | NoteStart
    | NotePeople
    | NoteDeparted
    | TellAdministrators
    | NoteChannelGone
    | Unreadable
    | AgentCommand
    | ApprovalCommand
    | EnrolmentCommand
    | GovernanceCommand
    | KnowledgeCommand
)
