"""The match as arithmetic: values in, values out."""
