"""How fast an engine answers: made-up documents and questions, and what the same questions cost elsewhere."""
