"""A bare view, and a plain page of 20 cards: one query, with the author, and a Django template."""

from functools import cache

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loaders.locmem import Loader
from django.urls import path

from stories.models import Story

BASE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="/site.css"></head>
<body>
<header><a href="/">Stories</a><nav><ul>
<li><a href="/a/">Stories</a></li><li><a href="/b/">Practices</a></li><li><a href="/c/">People</a></li>
{% if user.is_authenticated %}<li><a href="/out/">Sign out</a></li>{% else %}
<li><a href="/in/">Sign in</a></li>{% endif %}
</ul></nav></header>
<main>{% for message in messages %}<p>{{ message }}</p>{% endfor %}{% block main %}{% endblock %}</main>
<footer><p>The foot of the page.</p></footer>
</body>
</html>"""
CARDS = """{% extends "base.html" %}
{% block title %}Stories{% endblock %}
{% block main %}<h1>Stories</h1><ul>{% for story in stories %}<li><article class="card">
<h2><a href="{% url "detail" story.slug %}">{{ story.title }}</a></h2>
<p>{{ story.summary|truncatewords:30 }}</p>
<p>{{ story.author.first_name }} {{ story.author.last_name }} · {{ story.first_published_at|date:"j F Y" }}</p>
</article></li>{% endfor %}</ul>{% endblock %}"""
TEXT = "A line of text. " * 1280  # 20 kB
FIELDS = ("slug", "title", "summary", "first_published_at", "author__first_name", "author__last_name")


class Pages(Loader):
    """As if they lay in files."""

    def __init__(self, engine):
        super().__init__(engine, {"base.html": BASE, "cards.html": CARDS})


def bare(request):
    return HttpResponse("ok")


def newest():
    # No more columns than a small model has: the comparison must not be slow because our stories are long.
    stories = Story.objects.filter(live=True).select_related("author").only(*FIELDS)
    return stories.order_by("-first_published_at")[:20]


def cards(request):
    return render(request, "cards.html", {"stories": newest()})


# What it consists of, to see that it is the page that the budgets were measured against.


def text(request):
    return HttpResponse(TEXT)


def query(request):
    list(newest())
    return HttpResponse(TEXT)


def template(request):
    return render(request, "cards.html", {"stories": some()})


@cache
def some():
    return list(newest())


urlpatterns = [
    path("bare/", bare),
    path("cards/", cards),
    path("text/", text),
    path("query/", query),
    path("template/", template),
    path("stories/<slug:slug>/", bare, name="detail"),
]
