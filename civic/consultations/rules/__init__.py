"""What is fair in a consultation, as arithmetic: dates, Gunning's four principles, four eyes, and the report card."""
