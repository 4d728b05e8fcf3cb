"""What is true of a questionnaire and of an answer: values in, values out, nothing touched."""
