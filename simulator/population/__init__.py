"""The population: who the shoppers are and how they live."""
