"""What a school does about its results: interventions and agreements."""
