"""What a report is built from."""

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

    chapter = ChapterBlock(group="Writing")
    text = blocks.RichTextBlock(
        features=WRITING,
        group="Writing",
        help_text="[1] stands for the first note, [2] for the second; the notes are below.",
    )
    picture = PictureBlock(group="Writing")
    figure = FigureBlock(group="Writing")
    table = TableBlock(group="Writing")
    person = PersonBlock(group="Writing")
    quote = QuoteBlock(group="Writing")
    story = StoryEmbedBlock(group="From stories")
    stories = ListBlock(group="From stories")
    crossing = CrossingBlock(group="From stories")
    practice = PracticeBlock(group="From stories")
    action = ActionBlock(group="To do next")
    documents = DocumentsBlock(group="To do next")


class ReportBlocks(ArticleBlocks):
    """The body of a report: tellers are quoted here only."""

    words = QuotationBlock(group="From stories")


class NoteBlocks(blocks.StreamBlock):
    """Notes and sources, in the order of their numbers."""

    note = blocks.RichTextBlock(features=LINES, label="Note or source")


class CorrectionBlock(blocks.StructBlock):
    day = blocks.DateBlock()
    what = blocks.TextBlock(label="What was wrong, and what it says now")

    class Meta:
        icon = "edit"
        label = "Correction"


class CorrectionBlocks(blocks.StreamBlock):
    correction = CorrectionBlock()
