"""Named places between a record and a call, at which tests let a process die."""

# Every place in the house, in the order in which money passes them; tests kill the process at each.
CHECKPOINTS = (
    "claim.after_commit",
    "create.before_api",
    "create.after_api",
    "create.after_commit",
    "confirm.before_api",
    "confirm.after_api",
    "confirm.before_commit",
    "confirm.after_commit",
    "sync.before_api",
    "sync.after_api",
    "sync.after_commit",
    "cancel.before_api",
    "cancel.after_api",
    "cancel.after_commit",
    "recovery.after_commit",
    "recovery.before_api",
    "recovery.after_api",
    "customer.after_api",
    "customer.after_commit",
    "setup.after_api",
    "setup.after_commit",
    "setup_truth.after_api",
    "setup_truth.before_commit",
    "detach.after_api",
    "refund.before_api",
    "refund.after_api",
    "refund.after_commit",
    "transfer.before_api",
    "transfer.after_api",
    "transfer.after_commit",
    "reversal.before_api",
    "reversal.after_api",
    "reversal.after_commit",
    "closing.decided",
    "closing.before_commit",
    "settling.decided",
    "paying.requested",
    "paying.posted",
)

# The same for what is carried out once it was decided: refunds, transfers, money called back.
CARRIED_OUT = tuple(
    f"{thing}.{place}"
    for thing in ("refund", "transfer", "reversal")
    for place in ("before_api", "after_api", "after_commit")
)

crash_at = ""
"""Where the process is to die next; only tests ever write it."""


class Crash(BaseException):
    """The process is gone: nobody catches this, nothing is tidied up."""


def cp(name: str) -> None:
    """Pass a named place; die there, once, if a test wants it."""
    global crash_at
    if crash_at == name:
        crash_at = ""
        raise Crash(name)
