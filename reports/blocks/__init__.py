"""What a report is built from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from reports.blocks.evidence import (
    GONE,
    CrossingBlock,
    ListBlock,
    PracticeBlock,
    QuotationBlock,
    QuotationChooser,
    StoryChooser,
    StoryEmbedBlock,
)
from reports.blocks.tables import TableBlock
from reports.blocks.written import (
    ActionBlock,
    ChapterBlock,
    DocumentsBlock,
    FigureBlock,
    PersonBlock,
    PictureBlock,
    QuoteBlock,
)

__all__ = [
    "GONE",
    "LINES",
    "WRITING",
    "ArticleBlocks",
    "CorrectionBlocks",
    "NoteBlocks",
    "QuotationChooser",
    "ReportBlocks",
    "StoryChooser",
    "StoryEmbedBlock",
]

WRITING = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
LINES = ["bold", "italic", "link"]


class ArticleBlocks(blocks.StreamBlock):
    """The body of any page that is no report."""

    chapter = ChapterBlock(group=_("Writing"))
    text = blocks.RichTextBlock(
        features=WRITING,
        group=_("Writing"),
        help_text=_("[1] stands for the first note, [2] for the second; the notes are below."),
    )
    picture = PictureBlock(group=_("Writing"))
    figure = FigureBlock(group=_("Writing"))
    table = TableBlock(group=_("Writing"))
    person = PersonBlock(group=_("Writing"))
    quote = QuoteBlock(group=_("Writing"))
    story = StoryEmbedBlock(group=_("From stories"))
    stories = ListBlock(group=_("From stories"))
    crossing = CrossingBlock(group=_("From stories"))
    practice = PracticeBlock(group=_("From stories"))
    action = ActionBlock(group=_("To do next"))
    documents = DocumentsBlock(group=_("To do next"))


class ReportBlocks(ArticleBlocks):
    """The body of a report: tellers are quoted here only."""

    words = QuotationBlock(group=_("From stories"))


class NoteBlocks(blocks.StreamBlock):
    """Notes and sources, in the order of their numbers."""

    note = blocks.RichTextBlock(features=LINES, label=_("Note or source"))


class CorrectionBlock(blocks.StructBlock):
    day = blocks.DateBlock()
    what = blocks.TextBlock(label=_("What was wrong, and what it says now"))

    class Meta:
        icon = "edit"
        label = _("Correction")


class CorrectionBlocks(blocks.StreamBlock):
    correction = CorrectionBlock()
