"""Addresses of schools beside others like them."""

from django.urls import path

from leercirkel.apps.benchmark import views

urlpatterns = [
    path("vergelijkbaar/", views.here, name="comparable"),
    path("scholen/<int:pk>/vergelijkbaar/", views.school, name="comparable-school"),
    path("scholen/<int:pk>/vergelijkbaar/<str:code>/", views.other, name="comparable-other"),
]
