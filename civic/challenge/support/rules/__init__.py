"""What is fair in support: who suits whom, when is asked, what can be kept."""
