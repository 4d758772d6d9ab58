"""Addresses of bringing in results, and of what they are held against."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
