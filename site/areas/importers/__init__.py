"""Public files about places, read without touching the database."""
