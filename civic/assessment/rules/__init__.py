"""Arithmetic and conditions: values in, values out."""
