"""The sizes and formats in which a report's picture is sent, and who makes them.

A reader's request makes one size at most, the JPEG that every browser and the PDF can read, and only where no page has
shown the picture yet. The smaller files in newer formats are made by the worker (`reports.tasks.make_sizes`), and a
page names them once all of them are there.
"""

import logging

from django.db.models import Count, Q
from wagtail.images.shortcuts import get_rendition_or_not_found

from design.photos import AVIF, WEBP, Photo, Source
from reports.models import ReportImage

log = logging.getLogger(__name__)
PLAIN = "width-1400"
WIDTHS = (480, 800, 1400)  # a phone; a phone with a sharp screen, or a page; a page on a sharp screen
NEWER = {"avif": AVIF, "webp": WEBP}  # the first that a browser knows is taken
SPECS = {kind: [f"width-{width}|format-{kind}" for width in WIDTHS] for kind in NEWER}
EVERY = [spec for specs in SPECS.values() for spec in specs]
AT_ONCE = 5  # pictures in one run: some seconds of a processor


def photo(image):
    """What a page shows; with `renditions` fetched before, this asks the database nothing."""
    plain = get_rendition_or_not_found(image, PLAIN)
    made = {size.filter_spec: size for size in image.renditions.all()}
    sources = ()
    if all(spec in made for spec in EVERY):
        sources = tuple(Source.of(NEWER[kind], [made[spec] for spec in specs]) for kind, specs in SPECS.items())
    return Photo(plain.url, plain.alt, plain.width, plain.height, sources)


def make_missing(most=AT_ONCE):
    """Makes what pictures lack, newest first; says of how many. Running twice makes nothing twice."""
    has = Count("renditions__filter_spec", distinct=True, filter=Q(renditions__filter_spec__in=EVERY))
    made = 0
    for image in ReportImage.objects.annotate(has=has).filter(has__lt=len(EVERY)).order_by("-pk"):
        made += _make(image)
        if made == most:
            break
    return made


def _make(image):
    try:
        image.get_renditions(*EVERY)
    except OSError:  # its file is lost or damaged: others are made all the same
        log.warning("The sizes of picture %s cannot be made.", image.pk)
        return False
    return True
