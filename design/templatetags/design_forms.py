"""What the form templates need and no page does."""

from django import template

register = template.Library()


@register.filter
def option_groups(field):
    """The options of radios or tick boxes, in their groups, as the widget would draw them."""
    widget = field.field.widget
    attrs = field.build_widget_attrs({"id": field.auto_id} if field.auto_id else {}, widget)
    return widget.get_context(field.html_name, field.value(), attrs)["widget"]["optgroups"]


@register.filter
def chosen_count(options):
    return sum(bool(option["selected"]) for option in options)
