"""From one medicine to another, exchange by exchange: what can be taken of both, and the plan of two medicines."""
