"""Checks over whole tables, by what they look at: rows, links, people, cases, spells, visits."""
