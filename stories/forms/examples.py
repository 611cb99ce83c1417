"""An example beside each question: how somebody who does this work might answer it, setbacks included.

All of them tell one story, so that whoever opens several sees how long a whole one is.
"""

from django.utils.translation import gettext_lazy as _

EXAMPLES = {
    "title": _("The hostel and the crisis team ring each other before they say no"),
    "summary": (
        _("Two teams that turned people away to each other now talk first, and most referrals are settled in a day.")
    ),
    "noticed": (
        _(
            "A man I support was refused by the crisis team because he had nowhere to live, and by the hostel because "
            "he was not well enough. Both letters came in the same week. Each was right by its own rules. He carried "
            "both about in a carrier bag."
        )
    ),
    "flex": (
        _(
            "I had always been told that we could not talk about a referral before the form was in. I asked where it "
            "said so. Nobody could find it. It was a habit from the time of the fax."
        )
    ),
    "tried": (
        _(
            "I rang the duty worker and asked whether we could look at the next three referrals together, half an "
            "hour on a Thursday, before either of us wrote a refusal. I did not ask for a protocol."
        )
    ),
    "who_with": (
        _(
            "A duty worker in the crisis team, whom I knew from a training day, and our night shift, because it is "
            "they who open the door. My manager said: try it until Easter and tell me what goes wrong."
        )
    ),
    "happened": (
        _(
            "The first Thursday nobody came. The second we settled two of three in twenty minutes. Then the duty "
            "worker went on leave and it stopped for a month, because I had made it depend on one person. Now there "
            "are two of us on each side, and one person we still both turned away."
        )
    ),
    "shift_thinking": _("We stopped reading a refusal as bad will. They have nine beds. I had not known that."),
    "shift_behaviour": _("They ring us before they write. We ring them before the weekend, not after it."),
    "shift_ground": _("Fewer people are sent back and forth. I cannot say that anybody is better for it yet."),
    "evidence_note": _("I kept a tally on the wall: eleven calls since March, two refusals."),
    "why_it_matters": (
        _("Because he asked me which of the two letters was true. I would like never to be asked that again.")
    ),
    "surprise": _("That the other side had been as cross with us, and for the same reason."),
    "advice": (
        _("Ask for half an hour, not for a meeting. And let two people on each side have the number from the start.")
    ),
    "help_wanted": _("How do others do this when the two teams use computers that cannot read each other?"),
    "content_note": _("Mentions self-harm."),
}
