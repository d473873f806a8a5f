"""What a plan does to level and occupancy over time, for the average adult and for people who differ. Never sets a dose."""

from easeoff.simulating.simulation import MOST_PEOPLE_DRAWN, USUAL_PEOPLE, Simulation, known_of_plan, simulate

__all__ = ["MOST_PEOPLE_DRAWN", "USUAL_PEOPLE", "Simulation", "known_of_plan", "simulate"]
