"""What leaves and enters in other programs' formats."""
