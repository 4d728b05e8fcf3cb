"""What can be done with cards, charges, refunds, disputes, payees and transfers; nothing here calls the provider."""
