"""Addresses of signs, of walking a tour, and of what it leaves behind."""

from django.urls import path

from tours.guiding.walking import after, flight, presenting, questions, runs, signs

urlpatterns = [
    path("q/", signs.sign, name="sign_form"),
    path("q/<str:code>", signs.sign, name="sign"),
    path("tours-worker.js", flight.worker, name="tours_worker"),
    path("guide/questions/", questions.ask, name="guide_questions"),
    path("guide/runs/", runs.record, name="guide_runs"),
    path("guide/tours/<int:pk>/go/", presenting.present, name="guide_present"),
    path("guide/tours/<int:pk>/after/", after.after, name="guide_after"),
    path("guide/tours/<int:pk>/after/<slug:what>.csv", after.exported, name="guide_after_table"),
]
