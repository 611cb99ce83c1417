"""What this room keeps about people."""

from members.privacy import by, keep, register, table, unlink
from networks.models import RuleAnswer, RuleQuestion
from networks.models.rules import State

# --- Rule or habit? ---------------------------------------------------------------------------------------------------

STAYS = "what others read of it stays, and never had a name"
SHOWN = [State.LIVE, State.HELD]


def _leave_rules(model):
    def leave(leaver):
        """What others read stays and points at nobody; what was never shown, or is not any more, goes."""
        own = model.objects.filter(author=leaver.member)
        own.exclude(state__in=SHOWN).delete()
        own.update(author=None, form_key=None, may_stay="", reason="")

    return leave


register(
    RuleAnswer,
    author=by(_leave_rules(RuleAnswer)),
    decided_by=unlink("what was decided stays, without who decided"),
    words=keep(STAYS),
    export=table(
        "What you answered: rule or habit?",
        "author",
        [
            "created_at",
            "state",
            "kind",
            "text",
            "source",
            "source_url",
            "nation",
            "checked_date",
            "role",
            "place",
            "reason",
        ],
    ),
)
register(
    RuleQuestion,
    author=by(_leave_rules(RuleQuestion)),
    decided_by=unlink("what was decided stays, without who decided"),
    words=keep(STAYS),
    export=table(
        "What you asked: rule or habit?",
        "author",
        ["created_at", "state", "told", "more", "audience", "boundaries", "practices", "role", "place", "reason"],
    ),
)
