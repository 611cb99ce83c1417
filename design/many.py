"""`field__among=Many(int, keys)`: as `in`, but as one parameter however many there are.

For questions that are written once (`design/compiled.py`): one for few and for many.
"""

from django.db.models import Field, Lookup

# PostgreSQL supposes so many where it does not know. With fewer, a plan for these very values would always look cheaper
# to it than the one that it could keep, and it would plan anew each time: several times the cost of answering.
SUPPOSED = 10


class Many:
    """Keys or texts that are asked for as one parameter, so that the question reads alike for few and for many.

    Of few, the first is named again until they are as many as PostgreSQL supposes: it is found once all the same.
    """

    def __init__(self, kind, values=()):
        values = list(values)
        self.kind, self.values = kind, AsOne(values + values[:1] * (SUPPOSED - len(values)))


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
