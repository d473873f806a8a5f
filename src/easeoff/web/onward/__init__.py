"""Where to go on from a plan or a medicine: services and articles for its class."""
