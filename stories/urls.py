"""Addresses of this room: nouns first, then verbs."""

from django.urls import path

from stories.views import (
    agreeing,
    asking,
    autosaving,
    feeds,
    jotting,
    leaving,
    own,
    reading,
    sending,
    together,
    wishes,
    word,
    writing,
)

app_name = "stories"
urlpatterns = [
    path("", reading.story_list, name="list"),
    path("feed/", feeds.all_stories, name="feed"),
    path("new/", jotting.new, name="new"),
    path("new/kept/", jotting.kept, name="kept"),
    path("new/attach/", jotting.attach, name="attach"),
    path("wants-help/", wishes.wants_help, name="wants_help"),
    path("mine/", jotting.mine, name="mine"),
    path("together/<str:token>/", together.invited, name="invited"),
    path("<slug:slug>/together/", together.together, name="together"),
    path("<slug:slug>/together/take-back/", together.take_invitation_back, name="take_invitation_back"),
    path("<slug:slug>/together/end/", together.end, name="end_coauthor"),
    path("<slug:slug>/together/leave/", together.leave, name="leave"),
    path("<slug:slug>/together/name/", together.naming, name="name_coauthor"),
    path("<slug:slug>/agree-again/", agreeing.agree_again, name="agree_again"),
    path("<slug:slug>/make-public/", agreeing.make_public, name="make_public"),
    path("<slug:slug>/their-word/", word.their_word, name="their_word"),
    path("<slug:slug>/their-word/ask/", word.ask_for_word, name="ask_for_word"),
    path("<slug:slug>/their-word/agreed/", word.agreed, name="agreed"),
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
