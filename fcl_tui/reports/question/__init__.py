"""From what was typed or saved to a question, and a question in words."""
