"""What is looked for in a text: arithmetic over words, with no database and no request."""
