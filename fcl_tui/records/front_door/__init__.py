"""What comes to the front door and what becomes of it: one row per contact, referral, enquiry, conference."""
