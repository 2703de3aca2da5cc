"""Problems found in the data: their model and their files."""
