"""The whole of a programme, from the call to what is in use two years later: for everybody, as data, and for those who must act next."""
