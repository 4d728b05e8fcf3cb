"""Match funding by formula: every gift's match with its working, reserved as gifts come and given back as they go."""
