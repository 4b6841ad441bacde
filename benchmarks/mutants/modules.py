"""What is broken, and which tests are about it: fast ones, on SQLite where it takes a database."""

from collections.abc import Mapping

_ACTS = ("tests/rules/test_acts.py", "tests/promises/test_acts.py")
_POLICY = ("tests/rules/test_policy.py",)
# Of these tests one is about the rule, and the others about codes.
_STEP_UP = (
    "tests/rules/test_step_up.py"
    "::test_a_code_is_taken_above_the_amount_and_wherever_nobody_knows_it"
)
_CONSENT = (
    "tests/flows/test_consent.py",
    "tests/flows/test_consent_again.py",
    "tests/flows/test_consent_lost.py",
)

MODULES: Mapping[str, tuple[str, ...]] = {
    "bot/gates.py": ("tests/rules/test_gates.py", *_POLICY),
    "bot/config/quorum.py": (
        "tests/rules/test_quorum.py",
        "tests/rules/test_entitlement.py",
        "tests/rules/test_who_counts.py",
        "tests/config/test_problems.py",
    ),
    "bot/entitlement.py": ("tests/rules/test_entitlement.py", "tests/rules/test_who_counts.py"),
    "bot/step_up.py": (_STEP_UP,),
    "bot/acts/__init__.py": _ACTS,
    "bot/acts/schema.py": _ACTS,
    "bot/acts/refund.py": _ACTS,
    "bot/config/policy_held.py": ("tests/rules/test_policy_held.py", *_POLICY),
    "bot/outgoing.py": ("tests/flows/test_consent.py",),
    "bot/flows/approval/consent.py": _CONSENT,
    "storage/repositories/approvals.py": (
        "tests/storage/test_approvals.py",
        "tests/storage/test_approvals_found.py",
    ),
    "storage/repositories/deliveries.py": (
        "tests/storage/test_deliveries.py",
        "tests/storage/test_deliveries_settled.py",
    ),
    "bot/flows/approval/seeing.py": (
        "tests/flows/test_approving.py",
        "tests/flows/test_changing.py",
    ),
    "bot/flows/approval/caps.py": ("tests/flows/test_caps.py",),
    "bot/flows/approval/undoing.py": ("tests/flows/test_undo.py",),
    "bot/worker.py": (
        "tests/flows/test_worker_leases.py",
        "tests/flows/test_worker_waits.py",
        "tests/flows/test_worker.py",
    ),
    "bot/flows/approval/flow.py": (
        "tests/flows/test_approving.py",
        "tests/flows/test_changing.py",
        "tests/flows/test_steps.py",
    ),
    "bot/flows/approval/effects.py": (
        "tests/flows/test_refund_faults.py",
        "tests/flows/test_certainty.py",
        "tests/flows/test_approving.py",
    ),
}
