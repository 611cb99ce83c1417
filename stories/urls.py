"""Addresses of this room: nouns first, then verbs."""

from django.urls import path

from stories.views import asking, autosaving, feeds, jotting, leaving, own, reading, sending, wishes, writing

app_name = "stories"
urlpatterns = [
    path("", reading.story_list, name="list"),
    path("feed/", feeds.all_stories, name="feed"),
    path("new/", jotting.new, name="new"),
    path("new/kept/", jotting.kept, name="kept"),
    path("new/attach/", jotting.attach, name="attach"),
    path("wants-help/", wishes.wants_help, name="wants_help"),
    path("mine/", jotting.mine, name="mine"),
    path("<slug:slug>/safety/", writing.safety, name="safety"),
    path("<slug:slug>/write/<slug:section>/", writing.write, name="write"),
    path("<slug:slug>/autosave/<slug:section>/", autosaving.autosave, name="autosave"),
    path("<slug:slug>/draft/", own.draft, name="draft"),
    path("<slug:slug>/check/", sending.check, name="check"),
    path("<slug:slug>/preview/", sending.preview, name="preview"),
    path("<slug:slug>/send/", sending.send, name="send"),
    path("<slug:slug>/sent/", sending.sent, name="sent"),
    path("<slug:slug>/questions/", asking.questions, name="questions"),
    path("<slug:slug>/take-back/", own.take_back, name="take_back"),
    path("<slug:slug>/withdraw/", own.withdraw, name="withdraw"),
    path("<slug:slug>/delete/", leaving.delete, name="delete"),
    path("<slug:slug>/remind/", leaving.remind, name="remind"),
    path("<slug:slug>/hide/", own.hide, name="hide"),
    path("<slug:slug>/show/", own.show, name="show"),
    path("<slug:slug>/reach/", own.reach, name="reach"),
    # What follows a story's own address comes last, so that no slug can hide a page.
    path("<slug:slug>/", reading.story, name="story"),
]
