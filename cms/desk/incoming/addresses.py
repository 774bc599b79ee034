"""The addresses of an import by the browser."""

from django.urls import path

from cms.desk.incoming import views

urlpatterns = [
    path("incoming/", views.first, name="incoming"),
    path("incoming/batches/", views.batches, name="incoming_batches"),
    path("incoming/template/<slug:name>/", views.empty_table, name="incoming_template"),
    path("incoming/<int:number>/", views.one, name="incoming_one"),
    path("incoming/<int:number>/headings/", views.headings, name="incoming_headings"),
    path("incoming/<int:number>/mend/", views.mend, name="incoming_mend"),
    path("incoming/<int:number>/go/", views.go, name="incoming_go"),
    path("incoming/<int:number>/drop/", views.drop, name="incoming_drop"),
    path("incoming/<int:number>/progress/", views.progress, name="incoming_progress"),
    path("incoming/<int:number>/reasons/", views.reasons, name="incoming_reasons"),
]
