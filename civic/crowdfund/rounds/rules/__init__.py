"""Who may apply, until when, and for how much: values in, values out."""
