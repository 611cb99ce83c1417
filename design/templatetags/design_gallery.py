"""`{% example "Title" %}...{% endexample %}`: a component as it looks, and the very call that drew it."""

from itertools import takewhile

from django import template
from django.template.base import TokenType

register = template.Library()
MARKS = {TokenType.BLOCK: ("{% ", " %}"), TokenType.VAR: ("{{ ", " }}"), TokenType.COMMENT: ("{# ", " #}")}


def written(token):
    before, after = MARKS.get(token.token_type, ("", ""))
    return before + token.contents + after


@register.tag
def example(parser, token):
    title = parser.compile_filter(token.split_contents()[1])
    # The parser keeps its tokens last first.
    inside = takewhile(lambda coming: coming.contents != "endexample", reversed(parser.tokens))
    source = "".join(written(coming) for coming in inside)
    nodes = parser.parse(("endexample",))
    parser.delete_first_token()
    return ExampleNode(title, "\n".join(line.strip() for line in source.strip().splitlines()), nodes)


class ExampleNode(template.Node):
    def __init__(self, title, source, nodes):
        self.title, self.source, self.nodes = title, source, nodes

    def render(self, context):
        page = context.template.engine.get_template("design/gallery/_example.html")
        shown = {"title": self.title.resolve(context), "source": self.source, "shown": self.nodes.render(context)}
        return page.render(context.new(shown))
