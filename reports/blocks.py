"""What a report is built from."""

from wagtail import blocks


class ReportBlocks(blocks.StreamBlock):
    """The body of a report."""

    text = blocks.RichTextBlock(features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])
    quote = blocks.StructBlock([("words", blocks.TextBlock()), ("who", blocks.CharBlock(required=False))])
