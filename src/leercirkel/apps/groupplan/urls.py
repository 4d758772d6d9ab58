"""Addresses of group plans."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
