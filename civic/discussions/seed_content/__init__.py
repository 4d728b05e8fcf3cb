"""What the demo's Londoners discuss. Example data: nobody said any of it."""
