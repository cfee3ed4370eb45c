"""Where things are on a page. Tests say what a person does; only this folder knows labels and structure."""
