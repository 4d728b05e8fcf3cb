"""What is fair, who qualifies, what fits: values in, values out, and nothing touched."""
