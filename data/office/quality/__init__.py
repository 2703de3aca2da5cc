"""The quality assurance of practice in the office database: rounds, draws, audits, actions, registers."""
