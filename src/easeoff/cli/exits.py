"""What the command's exit status says."""

#: A plan within its limits, or a draft within them while questions are open; or simply done.
DONE = 0
#: No such plan, or no such document from it.
NOT_POSSIBLE = 1
#: Something that was typed, or a file, cannot be used.
BAD_INPUT = 2
#: A stop: no doses are printed.
STOPPED = 3
#: A fault of ours.
OUR_FAULT = 4
