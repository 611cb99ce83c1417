"""Finding a member by name, or by a whole address that they told."""

from members.admin_people import FindingForm, state_of

MOST = 20


def found_by(request):
    asked = request.GET.get("q", "").replace("\0", "").strip()[:254]
    people = FindingForm({"q": asked}).found()[:MOST] if asked else []
    return {"asked": asked, "found": [(person, state_of(person)) for person in people]}
