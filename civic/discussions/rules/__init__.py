"""Discussions' rules: values in, values out."""
