"""The tables, one file per group."""

from storage.models.absence import Absence
from storage.models.approval import (
    Approval,
    ApprovalState,
    ApprovalVersion,
    ApprovalVote,
    Asked,
    Certainty,
    Effect,
    EffectState,
)
from storage.models.article import (
    Article,
    ArticleState,
    ArticleUse,
    ArticleVersion,
    Audience,
    UseKind,
    VersionState,
)
from storage.models.audit import AuditEntry, AuditHead, Switch
from storage.models.authenticator import Authenticator, AuthenticatorState, ProofKind
from storage.models.base import Base
from storage.models.canary import Canary, CanaryState
from storage.models.comment import ApprovalComment
from storage.models.customer import Account, AccountMoment, Customer, CustomerKey, CustomerText
from storage.models.delivery import CardPost, Delivery, DeliveryState, Inbound, Mark, PostState
from storage.models.departure import Departure
from storage.models.escalation import (
    Decision,
    DecisionText,
    Escalation,
    EscalationState,
    ModelCall,
    SpendingDay,
)
from storage.models.knowledge import Gap, GapState, Likeness, Mirror, MirrorState, Question, Release
from storage.models.link import Link
from storage.models.mail import KnownStanding, MailLink
from storage.models.meaning import Meaning
from storage.models.policy import PolicyState, StoredPolicy
from storage.models.promise import OWED, Promise, PromiseState
from storage.models.signal import Signal
from storage.models.ticket import OUTSIDE, Author, Message, Ticket, TicketStatus, TicketText
from storage.models.turn import Digest, Turn

__all__ = [
    "OUTSIDE",
    "OWED",
    "Absence",
    "Account",
    "AccountMoment",
    "Approval",
    "ApprovalComment",
    "ApprovalState",
    "ApprovalVersion",
    "ApprovalVote",
    "Article",
    "ArticleState",
    "ArticleUse",
    "ArticleVersion",
    "Asked",
    "Audience",
    "AuditEntry",
    "AuditHead",
    "Authenticator",
    "AuthenticatorState",
    "Author",
    "Base",
    "Canary",
    "CanaryState",
    "CardPost",
    "Certainty",
    "Customer",
    "CustomerKey",
    "CustomerText",
    "Decision",
    "DecisionText",
    "Delivery",
    "DeliveryState",
    "Departure",
    "Digest",
    "Effect",
    "EffectState",
    "Escalation",
    "EscalationState",
    "Gap",
    "GapState",
    "Inbound",
    "KnownStanding",
    "Likeness",
    "Link",
    "MailLink",
    "Mark",
    "Meaning",
    "Message",
    "Mirror",
    "MirrorState",
    "ModelCall",
    "PolicyState",
    "PostState",
    "Promise",
    "PromiseState",
    "ProofKind",
    "Question",
    "Release",
    "Signal",
    "SpendingDay",
    "StoredPolicy",
    "Switch",
    "Ticket",
    "TicketStatus",
    "TicketText",
    "Turn",
    "UseKind",
    "VersionState",
]
