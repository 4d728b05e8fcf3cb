"""Privacy: what we keep about people and why, the cookies, and seeing what is held about oneself."""
