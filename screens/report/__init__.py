"""What the screens of reports share: one base, and the parts it has. No part knows which report it serves."""
