"""Test results and the imports that brought them."""
