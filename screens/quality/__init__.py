"""Screens of the quality assurance of practice: the form of an audit."""
