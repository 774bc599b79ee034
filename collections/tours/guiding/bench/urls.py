"""Addresses of the guide's bench."""

from django.urls import path

from tours.guiding.bench import account, fit_proposal, front, page, removing, retelling, sharing, stops

urlpatterns = [
    path("guide/", front.front, name="guide"),
    path("guide/login/", front.Login.as_view(), name="guide_login"),
    path("guide/logout/", front.Logout.as_view(), name="guide_logout"),
    path("guide/account/", account.account, name="guide_account"),
    path("guide/handed/<str:token>/", sharing.handed, name="guide_handed"),
    path("guide/tours/<int:pk>/", page.tour_page, name="guide_tour"),
    path("guide/tours/<int:pk>/settle/", retelling.settle, name="guide_settle"),
    path("guide/tours/<int:pk>/add/", stops.add, name="guide_add"),
    path("guide/tours/<int:pk>/order/", stops.order, name="guide_order"),
    path("guide/tours/<int:pk>/restore/", removing.restore, name="guide_restore"),
    path("guide/tours/<int:pk>/discard/", removing.discard, name="guide_discard"),
    path("guide/tours/<int:pk>/fit/", fit_proposal.fit_page, name="guide_fit"),
    path("guide/tours/<int:pk>/show/", sharing.show, name="guide_show"),
    path("guide/tours/<int:pk>/hand/", sharing.hand, name="guide_hand"),
    path("guide/tours/<int:pk>/copy/", sharing.copy, name="guide_copy"),
    path("guide/tours/<int:pk>/stops/<int:stop>/", stops.change, name="guide_stop"),
    path("guide/tours/<int:pk>/stops/<int:stop>/move/", stops.move, name="guide_move"),
    path("guide/tours/<int:pk>/stops/<int:stop>/lock/", stops.lock, name="guide_lock"),
    path("guide/tours/<int:pk>/stops/<int:stop>/script/", stops.write, name="guide_script"),
    path("guide/tours/<int:pk>/stops/<int:stop>/fill/", stops.fill, name="guide_fill"),
    path("guide/tours/<int:pk>/stops/<int:stop>/remove/", removing.remove, name="guide_remove"),
]
