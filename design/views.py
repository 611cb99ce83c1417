from django.shortcuts import render

from design import gallery as samples


def gallery(request):
    return render(request, "design/gallery.html", samples.showcase())
