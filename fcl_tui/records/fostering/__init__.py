"""Children in foster care, and their carers."""
