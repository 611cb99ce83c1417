"""Questions and answers for tests. `RuleQuestionFactory()` waits for a moderator; `live=True` is shown."""

import factory
from django.utils import timezone

from members.tests.factories import MemberFactory
from networks.models import RuleAnswer, RuleQuestion
from practices.models import Boundary


class SaidFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    class Params:
        live = factory.Trait(state="live")

    author = factory.SubFactory(MemberFactory)
    created_at = factory.LazyFunction(timezone.now)


class RuleQuestionFactory(SaidFactory):
    class Meta:
        model = RuleQuestion
        skip_postgeneration_save = True

    told = "share a waiting list, because of data protection"

    @factory.post_generation
    def boundaries(self, create, extracted, **kwargs):
        self.boundaries.set(Boundary.objects.filter(slug__in=extracted or []))


class RuleAnswerFactory(SaidFactory):
    class Meta:
        model = RuleAnswer

    question = factory.SubFactory(RuleQuestionFactory, live=True)
    kind = "habit"
    text = "Nobody could show me where it stands."
    checked_date = factory.LazyFunction(timezone.localdate)
