"""The rules of test grants: values in, values out."""
