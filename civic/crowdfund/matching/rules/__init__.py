"""Match funding as arithmetic that a backer could check: values in, values out."""
