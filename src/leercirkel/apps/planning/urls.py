"""Addresses of meetings and tasks."""

from django.urls import path

from leercirkel.apps.planning import task_views, views

urlpatterns = [
    path("overleggen/", views.meetings, name="meetings"),
    path("overleggen/plannen/", views.plan, name="meeting-plan"),
    path("overleggen/<int:pk>/", views.meeting, name="meeting"),
    path("overleggen/<int:pk>/wijzigen/", views.change, name="meeting-change"),
    path("overleggen/<int:pk>/weg/", views.remove, name="meeting-remove"),
    path("overleggen/<int:pk>/agenda/<int:item>/weg/", views.remove_item, name="meeting-item-remove"),
    path("overleggen/<int:pk>/agenda/<int:item>/ouders/", views.inform, name="meeting-item-inform"),
    path("taken/", task_views.tasks, name="tasks"),
    path("taken/<int:pk>/", task_views.task, name="task"),
]
