"""What was counted, in what a column can keep."""

import json

from django.core.serializers.json import DjangoJSONEncoder


def frozen(found):
    """Labels that wait for their reader's language become words, in that of whoever counts."""
    return json.loads(DjangoJSONEncoder().encode(found))
