"""What guards the house as a whole, and the servers that every test runs on."""
