"""The demo's questionnaires and how its made-up Londoners answer them. Example data: no real person answered."""
