"""What can be asked: things that can be read, files that were made of them, and what people made by hand."""
