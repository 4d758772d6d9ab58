"""Addresses of what the results say."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
