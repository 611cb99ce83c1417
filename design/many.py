"""`field__among=Many(int, keys)`: as `in`, but as one parameter however many there are.

For questions that are written once (`design/compiled.py`): one for few and for many.
"""

from django.db.models import Field, Lookup


class Many:
    """Keys or texts that are asked for as one parameter, so that the question reads alike for few and for many."""

    def __init__(self, kind, values=()):
        self.kind, self.values = kind, AsOne(values)


class AsOne(list):
    """Such a parameter."""


@Field.register_lookup
class Among(Lookup):
    """`field__among=many`: as `in`, with one parameter."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s)", (*params, self.rhs.values)
