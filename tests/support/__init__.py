"""What the tests stand on: a client that reads every page, a person in a real browser, a counter of SQL statements."""
