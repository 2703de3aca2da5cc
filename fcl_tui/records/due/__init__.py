"""Due items as reports use them."""
