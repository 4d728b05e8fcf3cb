"""Public money as arithmetic that a resident could check: values in, values out."""
