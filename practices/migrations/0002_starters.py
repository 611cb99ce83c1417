"""The words that a new site begins with. Staff change them in the admin; running this again leaves them be."""

from django.db import migrations
from django.utils.text import slugify

# name, slug, family; the sensitive one is marked below
BOUNDARIES = [
    ("Physical health (hospital)", "hospital", "health"),
    ("Primary and community health", "primary-health", "health"),
    ("Drug and alcohol support", "drug-and-alcohol", "health"),
    ("Mental health", "mental-health", "care"),
    ("Adult social care", "adult-social-care", "care"),
    ("Children and families", "children-and-families", "care"),
    ("Domestic and sexual abuse", "domestic-abuse", "care"),
    ("Housing", "housing", "home"),
    ("Homelessness and rough sleeping", "homelessness", "home"),
    ("Police", "police", "justice"),
    ("Prisons and probation", "prisons-and-probation", "justice"),
    ("Courts and legal advice", "courts-and-legal-advice", "justice"),
    ("Immigration and asylum", "immigration-and-asylum", "justice"),
    ("Benefits and jobcentre", "benefits", "money"),
    ("Debt and money advice", "debt-advice", "money"),
    ("Education and schools", "education", "community"),
    ("Voluntary and community groups", "voluntary-and-community", "community"),
    ("Council commissioning and policy", "council", "community"),
]
SENSITIVE = {"domestic-abuse"}

# stage: name, in one line
PRACTICES = {
    "seeing": [
        ("Start from where you stand", "Begin with one thing you saw this week and can touch from your own desk."),
        ("Walk the journey", "Go the way a person has to go, door by door, and write down each wait and each form."),
        ("Map who touches this", "Draw everybody who has a hand in one person's week, then look at who never meets."),
        ("Borrow a view", "Spend a morning beside somebody in another service and see your own from there."),
        ("Name the boundary", "Say out loud where one service stops, the next begins, and who falls between."),
    ],
    "flex": [
        ("Rule or habit?", "Ask where a rule is written down. Often it is only the way we have always done it."),
        ("Ask who can say yes", "Find the one person whose yes is enough, and bring them one clear question."),
        ("Encouraging feedback", "Tell another service what they did well, so that the next call is an easier one."),
        ("Shared language", "Agree what a word means in both services before arguing about what to do."),
        ("Insight up the line", "Carry what you see at the front to somebody with a budget, in one page."),
    ],
    "experimenting": [
        ("Small safe experiment", "Try it with one person for two weeks, and agree beforehand how you would stop."),
        ("Coalition of the willing", "Start with the people who already want to. The rest can join later."),
        ("Right people in the room", "Invite whoever does the work and whoever can decide, and nobody just for show."),
        ("Connect the system to itself", "Introduce two people who work on the same thing and do not know it."),
        ("Listen to lived experience", "Ask the people who live with it what gets in their way, and change that."),
        ("One trusted contact", "Give a person one name to ring, whichever service the question belongs to."),
        ("Change the form", "Take out the question that nobody uses, or add the one that would have helped."),
        ("Reflect together", "Half an hour with everyone who tried it: what happened, what surprised us, what now?"),
    ],
}

ROLES = [
    "Advice worker",
    "Commissioner",
    "Community nurse",
    "Domestic abuse advocate",
    "Drug and alcohol worker",
    "Health visitor",
    "Homelessness outreach worker",
    "Housing officer",
    "Interpreter",
    "Link worker",
    "Mental health nurse",
    "Midwife",
    "Occupational therapist",
    "Peer worker",
    "Police officer",
    "Prison officer",
    "Probation officer",
    "Resettlement worker",
    "School staff",
    "Social worker",
    "Support worker",
    "Team manager",
    "Volunteer coordinator",
    "Youth worker",
]


def add_starters(apps, schema_editor):
    Boundary, Practice, Role = (apps.get_model("practices", name) for name in ("Boundary", "Practice", "Role"))
    for name, slug, family in BOUNDARIES:
        Boundary.objects.get_or_create(
            slug=slug, defaults={"name": name, "family": family, "sensitive": slug in SENSITIVE}
        )
    for stage, practices in PRACTICES.items():
        for position, (name, one_line) in enumerate(practices, start=1):
            Practice.objects.get_or_create(
                slug=slugify(name),
                defaults={"name": name, "stage": stage, "position": position, "one_line": one_line},
            )
    for name in ROLES:
        Role.objects.get_or_create(slug=slugify(name), defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial")]
    operations = [migrations.RunPython(add_starters, migrations.RunPython.noop)]
