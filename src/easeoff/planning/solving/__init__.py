"""From what can be taken and the limits to the doses of the best plan: kits, ladders, the solver and what chooses between kits."""
