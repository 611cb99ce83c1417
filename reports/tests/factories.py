"""Reports for tests: `ReportFactory(body=[("text", "<p>.</p>"), ("story", story.slug)])`, live unless `live=False`;
a picture for one: `("picture", {"image": PictureFactory(), "caption": ""})`."""

import factory
from django.utils import timezone

from confidentiality.tests.pictures import photo, upload
from reports.models import ReportImage, ReportIndexPage, ReportPage
from reports.pictures import MadeAnew


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportPage

    title = factory.Sequence(lambda number: f"What we heard, part {number}")
    slug = factory.Sequence(lambda number: f"what-we-heard-{number}")
    introduction = "We asked what stops a discharge. It was rarely a bed."
    body = [("text", "<p>Most of it was waiting.</p>")]
    first_published_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, **fields):
        return ReportIndexPage.objects.get().add_child(instance=model_class(**fields))


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportImage

    title = factory.SelfAttribute("description")
    description = "A wall of paper notes."
    file = factory.LazyFunction(lambda: MadeAnew.of(upload(photo())))
