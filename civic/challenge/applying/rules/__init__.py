"""Applying's rules: values in, values out."""
