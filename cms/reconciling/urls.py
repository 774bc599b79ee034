"""The addresses of the service, below its endpoint."""

from django.urls import path

from cms.reconciling import views

urlpatterns = [
    path("", views.endpoint, name="reconcile"),
    path("suggest/entity/", views.entities, name="reconcile_entities"),
    path("suggest/type/", views.type_suggestions, name="reconcile_types"),
    path("suggest/property/", views.property_suggestions, name="reconcile_properties"),
    path("properties/", views.proposals, name="reconcile_proposals"),
    path("card/<str:uid>/", views.card, name="reconcile_card"),
]
