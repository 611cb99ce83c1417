"""Addresses of the questions from commissioners."""

from django.urls import path

from reports import question_views as views

app_name = "questions"
urlpatterns = [
    path("", views.question_list, name="list"),
    path("<slug:slug>/", views.question, name="question"),
    path("<slug:slug>/answer/", views.answer, name="answer"),
]
