from django import template

from reports import sizes

register = template.Library()


@register.simple_tag
def report_photo(image):
    """The picture in the sizes and formats that there are: `{% report_photo page.cover as shown %}`."""
    return sizes.photo(image)
