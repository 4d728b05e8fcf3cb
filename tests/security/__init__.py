"""The attack cases of the design: each test is named by the law that the attack would break."""
