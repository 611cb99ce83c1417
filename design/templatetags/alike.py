"""What is alike on many pages, drawn once where it stands: `{% load alike %}` (docs/decisions/0088).

    {% alike slug=story.slug may_write=story.takes_letters %}
        <a href="{% url 'stories:keep' slug %}">…</a>
    {% endalike %}

What stands between sees the values that are named, and nothing else of the page: neither its reader nor its request.
So it can be kept by them (`design/drawn.py`). `CHECK_COMPILED` draws it anew and compares.
"""

from django import template
from django.urls import get_script_prefix, get_urlconf
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from design.comparing import is_due
from design.drawn import kept, told_apart

register = template.Library()
# What says itself all that is drawn of it. A row does not: it may have other words the next time.
KINDS = (str, int, bool, type(None), Promise)


@register.tag
def alike(parser, token):
    name, *bits = token.split_contents()
    given = template.base.token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{{% {name} %}} takes names with values, not {' '.join(bits)}")
    nodelist = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return Alike(given, nodelist)


class Alike(template.Node):
    def __init__(self, given, nodelist):
        self.given, self.nodelist = given, nodelist

    def render(self, context):
        given = {name: value.resolve(context) for name, value in self.given.items()}
        for name, value in given.items():
            if not _says_itself(value):
                raise TypeError(f"{name}: {type(value).__name__} is no text, number, boolean, None or tuple of such")
        # Addresses are drawn in it, and how those read depends on more than the language.
        key = (self, context.autoescape, get_urlconf(), get_script_prefix(), *map(told_apart, given.values()))
        piece = kept(key, lambda: self._drawn(context, given))
        if is_due(key) and piece != self._drawn(context, given):
            raise AssertionError(f"What is drawn at {self.token.lineno} does not follow from {', '.join(given)} alone")
        return piece

    def _drawn(self, context, given):
        alone = template.Context(given, autoescape=context.autoescape)
        with alone.bind_template(context.template), alone.render_context.push_state(context.template):
            return SafeString(self.nodelist.render(alone))


def _says_itself(value):
    return all(_says_itself(one) for one in value) if isinstance(value, tuple) else isinstance(value, KINDS)
