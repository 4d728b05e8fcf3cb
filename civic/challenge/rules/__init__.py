"""The challenge's rules: values in, values out."""
